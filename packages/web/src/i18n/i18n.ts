import { createSignal } from "solid-js";
import { formatMessage, type ParamArgs } from "./message.ts";
import type { Dictionary, MessageKey, Messages } from "./messages.ts";

export type { PlainKey } from "./messages.ts";

export const LANGUAGES = ["zh", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const LOCALES = { zh: "zh-CN", en: "en-GB" } as const;
/** Also read by public/early.js. */
export const LANGUAGE_KEY = "claw.language";

/** Languages are loaded on demand, so that nobody waits for the other one. */
const LOADERS: Record<Language, () => Promise<Messages>> = {
  zh: async () => (await import("./zh.ts")).zh,
  en: async () => (await import("./en.ts")).en,
};

interface Current {
  language: Language;
  messages: Messages;
}

const [current, setCurrent] = createSignal<Current>();
/** The latest choice: loading an earlier one must not overtake it. */
let wanted: Language | undefined;

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

/** Shows `next` once its texts are loaded. */
export async function showLanguage(next: Language): Promise<void> {
  wanted = next;
  const messages = await LOADERS[next]();
  if (wanted !== next) return;
  setCurrent({ language: next, messages });
  document.documentElement.lang = LOCALES[next];
}

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
