import { createSignal } from "solid-js";
import { formatMessage, type ParamArgs } from "./message.ts";
import type { Dictionary, MessageKey } from "./messages.ts";

export type { PlainKey } from "./messages.ts";

export const LANGUAGES = ["zh", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const LOCALES = { zh: "zh-CN", en: "en-GB" } as const;
/** Also read by public/early.js. */
export const LANGUAGE_KEY = "claw.language";

type Texts = Partial<Readonly<Record<MessageKey, string>>>;
type Loaders = Record<Language, () => Promise<Texts>>;

/** Languages are loaded on demand, so that nobody waits for the other one. */
const FIRST: Loaders = {
  zh: async () => (await import("./zh.ts")).zh,
  en: async () => (await import("./en.ts")).en,
};

/** Texts that come with the pages that show them, so that nobody else waits. */
const OF_PAGES = {
  account: {
    zh: async () => (await import("./zh-account.ts")).zhAccount,
    en: async () => (await import("./en-account.ts")).enAccount,
  },
  audit: {
    zh: async () => (await import("./zh-audit.ts")).zhAudit,
    en: async () => (await import("./en-audit.ts")).enAudit,
  },
  config: {
    zh: async () => (await import("./zh-config.ts")).zhConfig,
    en: async () => (await import("./en-config.ts")).enConfig,
  },
  forms: {
    zh: async () => (await import("./zh-forms.ts")).zhForms,
    en: async () => (await import("./en-forms.ts")).enForms,
  },
  devices: {
    zh: async () => (await import("./zh-devices.ts")).zhDevices,
    en: async () => (await import("./en-devices.ts")).enDevices,
  },
  init: {
    zh: async () => (await import("./zh-init.ts")).zhInit,
    en: async () => (await import("./en-init.ts")).enInit,
  },
  logs: {
    zh: async () => (await import("./zh-logs.ts")).zhLogs,
    en: async () => (await import("./en-logs.ts")).enLogs,
  },
  rollout: {
    zh: async () => (await import("./zh-rollout.ts")).zhRollout,
    en: async () => (await import("./en-rollout.ts")).enRollout,
  },
  users: {
    zh: async () => (await import("./zh-users.ts")).zhUsers,
    en: async () => (await import("./en-users.ts")).enUsers,
  },
  webhooks: {
    zh: async () => (await import("./zh-webhooks.ts")).zhWebhooks,
    en: async () => (await import("./en-webhooks.ts")).enWebhooks,
  },
  network: {
    zh: async () => (await import("./zh-network.ts")).zhNetwork,
    en: async () => (await import("./en-network.ts")).enNetwork,
  },
} as const satisfies Record<string, Loaders>;

interface Current {
  language: Language;
  messages: Texts;
}

const [current, setCurrent] = createSignal<Current>();
/** What is shown now, and with each language that is chosen later. */
const needed = new Set<Loaders>([FIRST]);
/** The latest choice: loading an earlier one must not overtake it. */
let latest: Promise<void> | undefined;

export function language(): Language {
  return current()?.language ?? "zh";
}

/** BCP 47 tag for Intl. */
export function locale(): string {
  return LOCALES[language()];
}

/** The text of `key` in the current language; reactive. */
export function t<Key extends MessageKey>(key: Key, ...args: ParamArgs<Dictionary[Key]>): string {
  const message = current()?.messages[key] ?? key;
  return args[0] ? formatMessage(message, args[0], locale()) : message;
}

/** Shows `next`, or what was chosen since, once its texts are loaded. */
export function showLanguage(next: Language): Promise<void> {
  const loading = Promise.all([...needed].map((texts) => texts[next]()));
  const shown: Promise<void> = loading.then((all) => {
    if (latest !== shown) return latest;
    setCurrent({ language: next, messages: Object.assign({}, ...all) });
    document.documentElement.lang = LOCALES[next];
  });
  latest = shown;
  return shown;
}

/** The module of a page, once its texts are loaded, too. */
export async function withTexts<Module>(
  module: Promise<Module>,
  ...names: readonly (keyof typeof OF_PAGES)[]
): Promise<Module> {
  for (const name of names) needed.add(OF_PAGES[name]);
  const [loaded] = await Promise.all([module, addTexts(names)]);
  return loaded;
}

/**
 * Nobody is told of the additions: nothing that is on the page shows them, and what is made anew for
 * other texts would lose a click.
 */
async function addTexts(names: readonly (keyof typeof OF_PAGES)[]): Promise<void> {
  await settled(latest);
  const shown = current();
  if (!shown) return showLanguage(firstLanguage());
  const texts = await Promise.all(names.map((name) => OF_PAGES[name][shown.language]()));
  Object.assign(shown.messages, ...texts);
  // A language that was chosen meanwhile brings them along.
  await settled(latest);
}

/** Whoever chose a language is told why it could not be loaded; the one before stays. */
const settled = (choice: Promise<void> | undefined) => choice?.catch(() => undefined);

/** Shows `next` and remembers it for the next visit. */
export async function chooseLanguage(next: Language): Promise<void> {
  storeChoice(next);
  await showLanguage(next);
}

/** The saved language, or the first of the browser's that is supported. */
export function firstLanguage(): Language {
  const stored = readChoice();
  if (stored) return stored;
  for (const tag of navigator.languages) {
    const base = tag.toLowerCase().split("-")[0];
    const known = LANGUAGES.find((candidate) => candidate === base);
    if (known) return known;
  }
  return "en";
}

function readChoice(): Language | undefined {
  try {
    const stored = localStorage.getItem(LANGUAGE_KEY);
    return LANGUAGES.find((candidate) => candidate === stored);
  } catch {
    return undefined;
  }
}

function storeChoice(next: Language): void {
  try {
    localStorage.setItem(LANGUAGE_KEY, next);
  } catch {
    // Storage is denied: the choice lasts until the page is closed.
  }
}
