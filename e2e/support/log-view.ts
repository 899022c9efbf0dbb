import type { Locator } from "playwright-core";
import type { Visitor } from "./browser.ts";

export function logOf({ page, t }: Visitor, name: string): Locator {
  return page.getByRole("log", { name: t("logOf", { name }) });
}

/** The last line of a view that follows. */
export function lastLine(log: Locator): Promise<string> {
  return log.evaluate(
    (view) => [...view.querySelectorAll("time")].at(-1)?.parentElement?.textContent ?? "",
  );
}

/**
 * The first drawn line and its place, once the view no longer scrolls. Read and measured in one
 * step: the rows are drawn anew as lines arrive.
 */
export function firstLineAtRest(log: Locator): Promise<{ text: string; top: number }> {
  return log.evaluate(async (view) => {
    const frame = () =>
      new Promise((resolve) => view.ownerDocument.defaultView?.requestAnimationFrame(resolve));
    const look = () => {
      const row = view.querySelector("time")?.parentElement;
      return { text: row?.textContent ?? "", top: row?.getBoundingClientRect().top ?? 0 };
    };
    for (let before = look(); ; ) {
      for (let count = 0; count < 3; count++) await frame();
      const now = look();
      if (now.text === before.text && now.top === before.top) return now;
      before = now;
    }
  });
}

/**
 * Every line of the view from the first to the last, read by scrolling through it, for it draws
 * only what is in sight. Meant for a log in which nothing is written any more.
 */
export function readWholeLog(log: Locator): Promise<string[]> {
  return log.evaluate(async (view) => {
    const frame = () =>
      new Promise((resolve) => view.ownerDocument.defaultView?.requestAnimationFrame(resolve));
    const lines: string[] = [];
    const collect = () => {
      const top = view.getBoundingClientRect().top - view.scrollTop;
      for (const time of view.querySelectorAll("time")) {
        const row = time.parentElement;
        if (!row) continue;
        const { y, height } = row.getBoundingClientRect();
        lines[Math.round((y - top) / height)] = row.textContent;
      }
    };
    for (let at = 0; at < view.scrollHeight; at += view.clientHeight / 2) {
      view.scrollTop = at;
      await frame();
      await frame();
      collect();
    }
    return Array.from(lines).filter((line) => line !== undefined);
  });
}

/** The numbers of the lines that `pattern` finds a number in, in the order in which they are shown. */
export function numbersIn(lines: readonly string[], pattern: RegExp): number[] {
  return lines.flatMap((line) => {
    const number = pattern.exec(line)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

export const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
