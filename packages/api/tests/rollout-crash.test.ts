import { expect, test } from "vitest";
import { findBatch } from "../src/services/batch/find-batch.ts";
import { undoBatch } from "../src/services/batch/undo-batch.ts";
import { createInstance } from "../src/services/instance/create-instance.ts";
import { runRollout } from "../src/services/rollout/run-rollout.ts";
import { killedAt } from "./support/killed-panel.ts";
import { atCallsOf } from "./support/sample.ts";
import type { TestPanel } from "./support/test-app.ts";

const IDS = ["anna", "ben", "carla"];
const starterOf = ({ viewer }: TestPanel) => ({
  ...{ viewer, by: { user: "admin", via: null, address: "" } },
});
const changed = (text: string) => text.replace('level: "info"', 'level: "debug"');

const textsOf = ({ context }: TestPanel) =>
  Promise.all(IDS.map(async (id) => (await context.disk.storage.readConfig(id)) ?? "none"));

/** Each configuration, in comparison with the one before. */
const states = (now: readonly string[], before: readonly string[]) =>
  now.map((text, at) => {
    if (text === before[at]) return "old";
    return text === changed(before[at] ?? "") ? "new" : "neither";
  });

async function setUp(panel: TestPanel): Promise<string[]> {
  for (const id of IDS) await createInstance(panel.context, { id, name: id, start: false });
  return textsOf(panel);
}

async function rollOut(panel: TestPanel): Promise<void> {
  const request = { ids: IDS, patch: { logging: { level: "debug" } }, options: { wave: 2 } };
  const { id } = await runRollout(panel.context, request, starterOf(panel));
  await panel.context.runtime.jobs.finished(id);
}

/** Undoes the roll-out, as far as it came. */
async function takeBack(panel: TestPanel): Promise<void> {
  const [job] = await panel.context.runtime.jobs.list();
  if (job === undefined) return;
  const { id } = await undoBatch(panel.context, { id: job.id }, starterOf(panel));
  await panel.context.runtime.jobs.finished(id);
  expect((await findBatch(panel.context, id)).status).toBe("succeeded");
}

test("killed at any call of a roll-out, each configuration is old or new, and the undo brings all back", {
  timeout: 120_000,
}, async () => {
  const seen = new Set<string>();
  const calls = await atCallsOf("killed: a roll-out", 14, (n) =>
    killedAt(n, {
      prepare: setUp,
      act: rollOut,
      outcome: async (panel, before) => {
        const [job] = await panel.context.runtime.jobs.list();
        expect(job?.finishedAt).not.toBeNull();
        return states(await textsOf(panel), before).join(" ");
      },
      async check(panel, result, told) {
        expect(result, told).not.toContain("neither");
        seen.add(result);
        if (!result.includes("new")) return;
        await takeBack(panel);
        const { storage } = panel.context.disk;
        for (const id of IDS) expect(await storage.readConfig(id), told).toContain('level: "info"');
      },
    }),
  );
  expect(calls).toBeGreaterThan(20);
  expect(seen).toContain("old old old");
  expect(seen).toContain("new new new");
});
