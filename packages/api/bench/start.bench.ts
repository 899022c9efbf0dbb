import { setTimeout as delay } from "node:timers/promises";
import type { Bench, BenchContext } from "./bench.ts";
import { sweep } from "./docker.ts";
import { isRunning, type PanelCode, startPanel, untilInstance } from "./panel.ts";
import { type Usage, usageOver } from "./process-usage.ts";
import { median, rotated } from "./statistics.ts";

const IDS = ["bench-1", "bench-2", "bench-3", "bench-4", "bench-5"];
const FROM_SOURCE = "the same panel from source";

/** How soon the panel that `npm start` runs serves, and what it keeps in memory, beside the same from source. */
export const start: Bench = {
  name: "start",
  async run(context) {
    const taken: Record<PanelCode, number[]> = { bundle: [], source: [] };
    const once = (code: PanelCode) => async () => {
      await using panel = await startPanel(context, {
        image: context.images.stub,
        home: code,
        code,
      });
      taken[code].push(panel.startMs);
    };
    const codes: PanelCode[] = ["bundle", "source"];
    // The first start of each reads its files from the disk, and is not counted.
    for (const code of codes) await once(code)();
    for (const code of codes) taken[code].pop();
    const rounds = context.quick ? 1 : 9;
    for (let round = 0; round < rounds; round++) {
      for (const code of rotated(codes, round)) {
        await context.quietMoment();
        await once(code)();
      }
    }
    const idle = {
      bundle: await idleWithFive(context, "bundle"),
      source: await idleWithFive(context, "source"),
    };
    return [
      {
        name: "start → /healthz, warm",
        unit: "ms",
        value: median(taken.bundle),
        reference: { name: FROM_SOURCE, value: median(taken.source) },
        target: { value: "atMost", bar: 500 },
        samples: { ours: taken.bundle, reference: taken.source },
        paired: true,
      },
      {
        name: "idle panel with five, peak memory",
        unit: "MB",
        value: idle.bundle.peakMegabytes,
        reference: { name: FROM_SOURCE, value: idle.source.peakMegabytes },
        target: { value: "atMost", bar: 140 },
      },
    ];
  },
};

async function idleWithFive(context: BenchContext, code: PanelCode): Promise<Usage> {
  try {
    const home = `idle-${code}`;
    await using panel = await startPanel(context, { image: context.images.stub, home, code });
    for (const id of IDS) {
      const running = untilInstance(panel.client, id, isRunning);
      await panel.client.instances.create.mutate({ id, name: id });
      await running;
    }
    await delay(context.quick ? 2_000 : 20_000);
    return await usageOver(panel.pid, context.quick ? 3_000 : 20_000);
  } finally {
    await sweep(context.folder);
  }
}
