import type { Page } from "playwright-core";

/** Frame times of a page, in milliseconds. */
export interface Frames {
  longest: number;
  median: number;
}

/** As text: it runs in the page, whose types the bench does not have. */
const COUNT = `async (span) => {
  const gaps = [];
  await new Promise((resolve) => {
    let begun;
    let last;
    const frame = (now) => {
      if (last !== undefined) gaps.push(now - last);
      begun ??= now;
      last = now;
      if (now - begun < span) requestAnimationFrame(frame);
      else resolve();
    };
    requestAnimationFrame(frame);
  });
  return gaps.sort((a, b) => a - b);
}`;

/** Counts every frame of the page for a while. */
export async function watchFrames(page: Page, milliseconds: number): Promise<Frames> {
  const gaps = await page.evaluate<number[]>(`(${COUNT})(${milliseconds})`);
  return { longest: gaps.at(-1) ?? 0, median: gaps[gaps.length >> 1] ?? 0 };
}

/** From the beginning of a visit to the frame that shows an element. */
export async function paintOf(page: Page, url: string, selector: string): Promise<number> {
  await page.addInitScript({
    content: `window.shownAt = new Promise((resolve) => {
      const look = () => {
        if (document.querySelector(${JSON.stringify(selector)}))
          requestAnimationFrame(() => resolve(performance.now()));
        else requestAnimationFrame(look);
      };
      look();
    })`,
  });
  await page.goto(url);
  return page.evaluate<number>("window.shownAt");
}
