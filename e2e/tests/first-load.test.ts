import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useBrowser } from "../support/browser.ts";
import { Panel } from "../support/panel.ts";

const browser = useBrowser();
let panel: Panel;
beforeAll(async () => {
  panel = await Panel.start({ rig: {} });
});
afterAll(() => panel?.[Symbol.asyncDispose]());

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
  { shown: "the log-in", path: "/", person: null, most: 100_000 },
  { shown: "the dashboard", path: "/", person: undefined, most: 120_000 },
])("$shown takes at most $most bytes on the wire until it is shown", async (view) => {
  const { page } = await browser.visit(panel.url, undefined, view.person);
  await page.addInitScript({ content: MARK_SHOWN });
  const network = await page.context().newCDPSession(page);
  await network.send("Network.clearBrowserCache");
  await page.goto(panel.url + view.path);
  const files = await filesUntilShown(page);
  expect(files.map((one) => one.path)).toContain("/");
  expect(sum(files.map((one) => one.wireBytes))).toBeLessThan(view.most);
  for (const { path, bytes, wireBytes } of files)
    if (bytes > 2_000) expect(wireBytes, `${path} is compressed`).toBeLessThan(bytes);

  await page.reload();
  const again = await filesUntilShown(page);
  const assets = again.filter(({ path }) => path.startsWith("/assets/"));
  expect(assets.length).toBeGreaterThan(3);
  expect(sum(assets.map((one) => one.wireBytes)), "the second time").toBe(0);
});
