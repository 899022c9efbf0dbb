import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import type { Bench, BenchContext, Row } from "../../packages/api/bench/bench.ts";
import { median } from "../../packages/api/bench/statistics.ts";
import { DESKTOP, launchChromium, newWindow } from "../support/browser.ts";
import { lastLine } from "../support/log-view.ts";
import { Panel } from "../support/panel.ts";
import { see } from "../support/see.ts";
import { ADMIN, signedInStorage } from "../support/session.ts";
import { type Frames, paintOf, watchFrames } from "./frames.ts";

const CHANGES_PER_SECOND = 50;
const LINES_PER_SECOND = 5_000;
const LOGGER = "i-000";

interface Sizes {
  instances: number;
  rounds: number;
  listMs: number;
  logMs: number;
}

const sizesOf = ({ quick }: BenchContext): Sizes =>
  quick
    ? { instances: 40, rounds: 1, listMs: 2_000, logMs: 5_000 }
    : { instances: 200, rounds: 5, listMs: 10_000, logMs: 60_000 };

/** The page over the memory engine, beside an empty page in the same browser. */
export const webPage: Bench = {
  name: "web-page",
  async run(context) {
    const sizes = sizesOf(context);
    await using empty = await Panel.start({ rig: {} });
    await using panel = await Panel.start({
      rig: { startDelayMs: 5, heartbeatMs: 3_600_000 },
      // Room for more than the tests need.
      env: { CLAW_SUBNET_POOL: "10.213.0.0/16", CLAW_BASE_PORT: "30000" },
    });
    const ids = Array.from(
      { length: sizes.instances },
      (_, index) => `i-${String(index).padStart(3, "0")}`,
    );
    // The later ones are never started: a list as it is.
    for (const [index, id] of ids.entries())
      await panel.create({ id, name: `实例 ${index}`, start: index < sizes.instances / 2 });
    const browser = await launchChromium();
    try {
      return [
        ...(await firstPaint(context, browser, { panel, empty }, sizes)),
        ...(await listUpdates(context, browser, { panel, ids }, sizes)),
        ...(await logFlood(context, browser, panel, sizes)),
      ];
    } finally {
      await browser.close();
    }
  },
};

const windowOf = async (browser: Browser, panel: Panel) =>
  newWindow(browser, DESKTOP, await signedInStorage(panel.url, ADMIN));

async function visitFor(browser: Browser, panel: Panel, selector: string): Promise<number> {
  const page = await windowOf(browser, panel);
  try {
    return await paintOf(page, `${panel.url}/instances`, selector);
  } finally {
    await page.context().close();
  }
}

async function firstPaint(
  context: BenchContext,
  browser: Browser,
  { panel, empty }: { panel: Panel; empty: Panel },
  { instances, rounds }: Sizes,
): Promise<Row[]> {
  const ours: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await context.quietMoment();
    ours.push(await visitFor(browser, panel, "[data-instance]"));
    reference.push(await visitFor(browser, empty, "main h1"));
    context.say(`web-page: paint ${ours.at(-1)?.toFixed(0)} ms`);
  }
  return [
    {
      name: `first paint of the list with ${instances}`,
      unit: "ms",
      value: median(ours),
      reference: { name: "without instances", value: median(reference) },
      target: { value: "atMost", bar: 1000 },
      samples: { ours, reference },
    },
  ];
}

async function listUpdates(
  context: BenchContext,
  browser: Browser,
  { panel, ids }: { panel: Panel; ids: readonly string[] },
  { rounds, listMs, instances }: Sizes,
): Promise<Row[]> {
  const page = await windowOf(browser, panel);
  const nothing = await newWindow(browser, DESKTOP);
  const frames: Frames[] = [];
  const reference: Frames[] = [];
  const rates: number[] = [];
  try {
    await page.goto(`${panel.url}/instances`);
    await see(page.locator("[data-instance]").first());
    for (let round = 0; round < rounds; round += 1) {
      await context.quietMoment();
      await nothing.bringToFront();
      reference.push(await watchFrames(nothing, listMs));
      await page.bringToFront();
      const seen = countChanges(panel);
      await panel.outside("stir", ids.slice(1, ids.length / 2), CHANGES_PER_SECOND);
      frames.push(await watchFrames(page, listMs));
      await panel.outside("stir", [], 0);
      rates.push((seen.end() * 1000) / listMs);
      context.say(
        `web-page: ${rates.at(-1)?.toFixed(0)} changes a second, longest frame ${frames.at(-1)?.longest.toFixed(0)} ms`,
      );
    }
    if (!context.quick)
      assert.ok(Math.min(...rates) >= CHANGES_PER_SECOND, `${rates} changes a second`);
  } finally {
    await page.context().close();
    await nothing.context().close();
  }
  return [
    frameRow(
      `longest frame, list of ${instances} with ${CHANGES_PER_SECOND} changes a second`,
      50,
      frames,
      reference,
    ),
  ];
}

function countChanges(panel: Panel) {
  let count = 0;
  const subscription = panel.client.instances.watch.subscribe(undefined, {
    onData: (event) => {
      if (event.type === "changed") count += 1;
    },
  });
  return {
    end: () => {
      subscription.unsubscribe();
      return count;
    },
  };
}

async function logFlood(
  context: BenchContext,
  browser: Browser,
  panel: Panel,
  { logMs }: Sizes,
): Promise<Row[]> {
  const page = await windowOf(browser, panel);
  try {
    const nothing = await newWindow(browser, DESKTOP);
    await context.quietMoment();
    const reference = await watchFrames(nothing, logMs / 4);
    await nothing.context().close();
    await page.goto(`${panel.url}/instances/${LOGGER}/logs`);
    await see(page.getByRole("log"));
    await panel.outside("flood", LOGGER, LINES_PER_SECOND);
    // The page is full of lines by then, so that each new one drops an old one.
    await watchFrames(page, logMs / 4);
    const before = await heapOf(page);
    const frames = await watchFrames(page, logMs);
    const after = await heapOf(page);
    await panel.outside("flood", LOGGER, 0);
    const shown = Number(/request (\d+) /.exec(await lastLine(page.getByRole("log")))?.[1] ?? 0);
    assert.ok(shown > (LINES_PER_SECOND * logMs) / 1000, `only ${shown} lines came to the page`);
    return [
      frameRow(
        `longest frame, ${LINES_PER_SECOND} log lines a second for ${logMs / 1000} s`,
        100,
        [frames],
        [reference],
      ),
      {
        name: "memory of the page more after them",
        unit: "MB",
        value: after - before,
        reference: { name: "before", value: before },
        target: { value: "atMost", bar: 10 },
      },
    ];
  } finally {
    await page.context().close();
  }
}

/** Heap in use after garbage collection, in megabytes. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 1_000_000;
}

function frameRow(
  name: string,
  bar: number,
  frames: readonly Frames[],
  reference: readonly Frames[],
): Row {
  const longest = (of: readonly Frames[]) => of.map((one) => one.longest);
  return {
    name,
    unit: "ms",
    value: median(longest(frames)),
    reference: { name: "an empty page", value: median(longest(reference)) },
    target: { value: "atMost", bar },
    samples: {
      ours: longest(frames),
      reference: longest(reference),
      medians: frames.map((one) => one.median),
    },
  };
}
