import { setTimeout as delay } from "node:timers/promises";
import type { Bench } from "./bench.ts";
import { isRunning, startPanel, untilInstance } from "./panel.ts";
import { median } from "./statistics.ts";
import { visitInstance } from "./visit.ts";

const ID = "bench-restart";
const POLL_MS = 5;

/** How soon an open Control UI is served again after a restart of the panel, beside the panel's own page. */
export const panelRestart: Bench = {
  name: "panel-restart",
  async run(context) {
    const image = context.images.openclaw;
    let panel = await startPanel(context, { image });
    try {
      const running = untilInstance(panel.client, ID, isRunning);
      await panel.client.instances.create.mutate({ id: ID, name: ID });
      await running;
      using visit = await visitInstance(panel, ID);
      const samples = { ours: [] as number[], reference: [] as number[] };
      for (let round = 0; round < (context.quick ? 1 : 7); round++) {
        await panel[Symbol.asyncDispose]();
        await context.quietMoment();
        const begun = performance.now();
        panel = await startPanel(context, { image, port: visit.port });
        samples.reference.push(panel.startMs);
        while ((await visit.get("/")).status !== 200) await delay(POLL_MS);
        samples.ours.push(performance.now() - begun);
      }
      return [
        {
          name: "start → first page of an instance, warm",
          unit: "ms",
          value: median(samples.ours),
          reference: { name: "start → /healthz", value: median(samples.reference) },
          target: { value: "atMost", bar: 2_000 },
          samples,
        },
      ];
    } finally {
      await panel[Symbol.asyncDispose]();
    }
  },
};
