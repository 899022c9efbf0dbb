import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DESKTOP, useBrowser } from "../support/browser.ts";
import { see } from "../support/see.ts";
import type { Person } from "../support/session.ts";
import type { Word } from "../support/words.ts";
import { WORLDS, type World } from "../support/worlds.ts";

const browser = useBrowser();
let people: World;
let bare: World;
beforeAll(async () => {
  people = await WORLDS.people();
  bare = await WORLDS.bare();
});
afterAll(async () => {
  await people?.[Symbol.asyncDispose]();
  await bare?.[Symbol.asyncDispose]();
});

/** A phone, and a window of 1280 × 800 that is zoomed to 200 % and to 400 %. */
const SIZES = [
  { width: 390, height: 844 },
  { width: 640, height: 400 },
  { width: 320, height: 200 },
];

/** Elements that overflow the window to the right. */
const sticksOut = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("button, input, a, h1, h2, p, td, th")]
      .filter((part) => {
        const { right, width } = part.getBoundingClientRect();
        const isHidden = part.closest(".sr-only, [aria-hidden=true]") !== null;
        return width > 0 && !isHidden && right > window.innerWidth + 1;
      })
      .map((part) => `${part.tagName} ${part.textContent.slice(0, 40)}`),
  );

/** The code of somebody who has no password yet. */
const newCode = async () =>
  (await people.panel.client.users.resetLink.mutate({ username: "li" })).code;

describe.each([
  ["/account", "thisSession", undefined],
  ["/users", "invited", undefined],
  ["/audit", "downloadCsv", undefined],
  ["/network", "testNames", undefined],
  ["/", "password", null],
  ["/reset-password#code=0123456789", "goToSignIn", null],
  ["/invite", "setPasswordAndSignIn", null],
  ["/setup", "makeAdministrator", null],
] as [
  path: string,
  shown: Word,
  person: Person | null | undefined,
][])("%s", (path, shown, person) => {
  test.each([
    "zh",
    "en",
  ] as const)("fits on a phone and zoomed, all of it: %s", async (language) => {
    const { url } = path === "/setup" ? bare.panel : people.panel;
    const code = path === "/invite" ? `#code=${await newCode()}` : "";
    const visitor = await browser.visit(url + path + code, { ...DESKTOP, language }, person);
    const { page, t } = visitor;
    // The panel says so of a link that it does not know.
    if (path.startsWith("/reset-password")) visitor.allowErrors(/404 \(Not Found\)/);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await see(page.getByText(t(shown)).first());
      await expect.poll(() => sticksOut(page), { message: `at ${size.width}` }).toEqual([]);
      // Lists below may still be loading, and push down what was last.
      await expect
        .poll(
          async () => {
            const last = page.locator("#root button:visible, #root input:visible").last();
            await last.scrollIntoViewIfNeeded();
            const box = await last.boundingBox();
            return box && box.y + box.height;
          },
          { message: `at ${size.width}` },
        )
        .toBeLessThanOrEqual(size.height + 1);
    }
  });
});
