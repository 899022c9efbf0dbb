import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DESKTOP, launchChromium, newWindow } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";
import { ADMIN, signedInStorage } from "../support/session.ts";

let panel: Panel;
let chromium: Browser;
beforeAll(async () => {
  panel = await Panel.start({ rig: {} });
  chromium = await launchChromium();
});
afterAll(async () => {
  await chromium?.close();
  await panel?.[Symbol.asyncDispose]();
});

/** Marks the moment in which the page shows itself instead of "loading"; afterwards it loads its other parts. */
const MARK_SHOWN = `
const { remove } = Element.prototype;
Element.prototype.remove = function () {
  if (this.id === "loading") performance.mark("shown");
  remove.call(this);
};`;

interface Loaded {
  path: string;
  /** On the wire: the compressed body and 300 for the head, as browsers count. 0: from the cache. */
  wireBytes: number;
  bytes: number;
}

/** The files that the page requested before it was shown. */
async function filesUntilShown(page: Page): Promise<Loaded[]> {
  await page.waitForFunction(() => performance.getEntriesByName("shown").length > 0);
  await page.waitForLoadState("networkidle");
  return page.evaluate(() => {
    const shown = performance.getEntriesByName("shown")[0]?.startTime ?? 0;
    return performance
      .getEntries()
      .filter((one) => one instanceof PerformanceResourceTiming)
      .filter(({ startTime, name }) => startTime < shown && !name.includes("/trpc"))
      .map((one) => ({
        path: new URL(one.name).pathname,
        wireBytes: one.transferSize,
        bytes: one.decodedBodySize,
      }));
  });
}

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);

test.each([
  { shown: "the log-in", person: null, most: 100_000 },
  { shown: "the dashboard", person: ADMIN, most: 125_000 },
])("$shown takes at most $most bytes on the wire until it is shown", async (view) => {
  const storage = view.person ? await signedInStorage(panel.url, view.person) : undefined;
  const page = await newWindow(chromium, DESKTOP, storage);
  await page.addInitScript({ content: MARK_SHOWN });
  await page.goto(panel.url);
  const files = await filesUntilShown(page);
  expect(files.filter((one) => one.wireBytes === 0)).toEqual([]);
  expect(sum(files.map((one) => one.wireBytes))).toBeLessThan(view.most);
  for (const { path, bytes, wireBytes } of files)
    if (bytes > 2_000) expect(wireBytes, `${path} is compressed`).toBeLessThan(bytes);

  await page.reload();
  const assets = (await filesUntilShown(page)).filter(({ path }) => path.startsWith("/assets/"));
  expect(assets.length).toBeGreaterThan(3);
  expect(sum(assets.map((one) => one.wireBytes)), "the second time").toBe(0);
  await page.context().close();
});
