import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { see } from "./see.ts";

/** Would run in a page that takes it for HTML, or would at least be an image with this address. */
export const bait = (mark: string) => `<img src=${mark} onerror=__ran(1)>`;

/** For where there is room: each way in which text becomes a program. */
export const richBait = (mark: string) =>
  `${bait(mark)}<script>__ran(2)</script><svg onload=__ran(3)>"'><a href=javascript:__ran(4)>{{__ran(5)}}\${__ran(6)}`;

export interface Watch {
  /** Waits until the text is shown as it is, within `part` or anywhere. */
  literally(text: string, part?: Locator): Promise<void>;
  /** Fails when anything ran, wanted to run, or became a part of the page. */
  nothingRan(): Promise<void>;
}

/** Watches a page from its next load on. What the policy refuses it fails its test anyway. */
export async function watchForScripts(page: Page): Promise<Watch> {
  const seen: string[] = [];
  page.on("dialog", (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url().includes("bait")) seen.push(`request: ${request.url()}`);
  });
  await page.exposeFunction("__ran", (way: number) => void seen.push(`ran: ${way}`));
  await page.reload();
  return {
    literally: (text, part) => see((part ?? page.locator("body")).getByText(text).first()),
    async nothingRan() {
      // CodeMirror puts empty images beside what it shows in place of a text.
      const parts = page.locator(
        'img:not(.cm-widgetBuffer), [onerror], [onload], a[href^="javascript:"]',
      );
      expect(await parts.count(), "parts of the page made of text").toBe(0);
      expect(seen).toEqual([]);
    },
  };
}
