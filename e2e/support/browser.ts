import { mkdir } from "node:fs/promises";
import path from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, onTestFinished } from "vitest";
import { ARTIFACTS, chromiumFile } from "./places.ts";
import { ADMIN, type Person, signedInStorage } from "./session.ts";
import { type Language, speaker, type Translate } from "./words.ts";

/** How a visitor looks at the page. */
export interface View {
  language: Language;
  width: 390 | 1280;
  theme: "light" | "dark";
}

export interface Visitor {
  page: Page;
  t: Translate;
  view: View;
  /** Console messages that this test provokes, such as the browser's note of a refused request. */
  allowErrors(...patterns: RegExp[]): void;
}

const FLAGS = [
  "--no-sandbox",
  "--headless",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/**
 * Chromium gives up the connections that it is opening when a network of the machine comes or goes,
 * as Docker's do while somebody else works with it. What the page gets over by itself is no failure;
 * vitest.config.ts runs a test that fails then again.
 */
const DISTURBED = /net::ERR_NETWORK_CHANGED/;
/** It says no more than this at times, as it does when a test has something refused. */
const PERHAPS_DISTURBED = /net::ERR_FAILED/;
const NETWORK_CHANGED = "A network of this machine came or went during the test.";

/** Not all that the policy refuses is an error in the console by itself: a tried `eval` is not. */
const TELL_WHAT_IS_REFUSED = `
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  console.error("refused by the policy of " + location + ": " + violatedDirective + " " + blockedURI));
`;

const LOCALES = { zh: "zh-CN", en: "en-GB" } as const;
const HEIGHTS = { 390: 844, 1280: 800 } as const;

export const DESKTOP: View = { language: "zh", width: 1280, theme: "light" };

/** Each language at each width, and each theme with both: for journeys that must work for all. */
export const VIEWS: readonly View[] = [
  { language: "zh", width: 1280, theme: "light" },
  { language: "en", width: 1280, theme: "dark" },
  { language: "zh", width: 390, theme: "dark" },
  { language: "en", width: 390, theme: "light" },
];

/** Both languages, widths and themes in two: for what differs from page to page, not from view to view. */
export const TWO_VIEWS: readonly View[] = [DESKTOP, { language: "en", width: 390, theme: "dark" }];

export const nameOf = (view: View) => `${view.language} ${view.width} ${view.theme}`;

export function launchChromium(...flags: string[]): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumFile(), args: [...FLAGS, ...flags] });
}

/** With a home folder of its own, in which certificates are that it trusts. */
export function launchChromiumAt(home: string, ...flags: string[]): Promise<Browser> {
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: path.join(home, "data") };
  return chromium.launch({ executablePath: chromiumFile(), args: [...FLAGS, ...flags], env });
}

type Storage = Awaited<ReturnType<typeof signedInStorage>>;

/** A window of its own: nothing is shared with the one before. */
export async function newWindow(browser: Browser, view: View, storage?: Storage): Promise<Page> {
  const context = await browser.newContext({
    ...(storage ? { storageState: storage } : {}),
    locale: LOCALES[view.language],
    timezoneId: "Asia/Shanghai",
    colorScheme: view.theme,
    reducedMotion: "reduce",
    viewport: { width: view.width, height: HEIGHTS[view.width] },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(15_000);
  await context.addInitScript({ content: TELL_WHAT_IS_REFUSED });
  return context.newPage();
}

/**
 * One browser for the tests of a file, and a fresh window for each. A window that wrote an error to
 * its console fails its test; what it showed when a test failed is kept as a picture.
 */
export function useBrowser(): {
  /** The administrator visits, unless it is somebody else; null: who has not signed in. */
  visit(url: string, view?: View, person?: Person | null): Promise<Visitor>;
} {
  let browser: Browser;
  const open: Page[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  // Before the file's own afterEach (vitest.config.ts): an open page would ask for what that removes.
  afterEach(async ({ task }) => {
    const failed = task.result?.state === "fail";
    for (const page of open.splice(0).reverse()) {
      // A tab that still loads may have none; that must not hide why.
      if (failed) await keepPictures(page, task.fullName).catch(() => {});
      await page.context().close();
    }
  });

  return {
    async visit(url, view = DESKTOP, person = ADMIN) {
      const storage = person === null ? undefined : await signedInStorage(url, person);
      const page = await newWindow(browser, view, storage);
      const errors: string[] = [];
      const allowed: RegExp[] = [DISTURBED];
      open.push(page);
      collectErrors(page, errors);
      page.context().on("page", (other) => collectErrors(other, errors));
      // The console does not say it of what a tab was to show.
      page.context().on("requestfailed", (request) => {
        const text = `${request.failure()?.errorText} (${request.url()})`;
        if (DISTURBED.test(text)) errors.push(text);
      });
      // After every afterEach, which must also run when this fails.
      onTestFinished(({ task }) => judge(errors, allowed, task.result?.state === "fail"));
      await load(page, url, errors);
      return {
        page,
        t: speaker(view.language),
        view,
        allowErrors: (...patterns) => void allowed.push(...patterns),
      };
    },
  };
}

function judge(errors: readonly string[], allowed: readonly RegExp[], failed: boolean): void {
  const unexpected = errors.filter((text) => !allowed.some((pattern) => pattern.test(text)));
  const disturbed =
    errors.some((text) => DISTURBED.test(text)) ||
    unexpected.some((text) => PERHAPS_DISTURBED.test(text));
  if ((failed || unexpected.length > 0) && disturbed)
    throw new Error(`${NETWORK_CHANGED}\n${errors.join("\n")}`);
  // Named in the message: the last lines of a run show no more of a failure.
  expect(unexpected, `errors in the browser: ${unexpected.join("; ")}`).toEqual([]);
}

/** Again when a network of the machine came or went meanwhile: a page without its script stays empty. */
async function load(page: Page, url: string, errors: string[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const before = errors.length;
    const failure = await page.goto(url).then(
      () => null,
      (error: unknown) => error,
    );
    const disturbed = [...errors.slice(before), `${failure}`].some((text) => DISTURBED.test(text));
    if (disturbed && attempt < 5) continue;
    if (failure) throw failure;
    return;
  }
}

function collectErrors(page: Page, errors: string[]): void {
  page.on("pageerror", (error) => errors.push(`${error}`));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
  });
}

/** Of every tab, for the test may have failed in one that the page opened. */
async function keepPictures(page: Page, name: string): Promise<void> {
  const folder = path.join(ARTIFACTS, "failures");
  const base = name.replace(/[^\p{L}\p{N}]+/gu, "-");
  await mkdir(folder, { recursive: true });
  for (const [index, tab] of page.context().pages().entries())
    await tab.screenshot({ path: path.join(folder, `${base}-${index + 1}.png`) });
}
