import { expect, test } from "vitest";
import { replacementOf, snapshotOf } from "../../../tests/support/specs.ts";
import { createTestPanel, TEST_IMAGE } from "../../../tests/support/test-app.ts";
import { readPolicy } from "../backup/schedule/policy-records.ts";
import { savePolicy } from "../backup/schedule/save-policy.ts";
import { createInstance } from "../instance/create-instance.ts";
import { factsAtHand, readFacts } from "./condition-facts.ts";

test("facts come from board, disk, host and store", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  await createInstance(context, { id: "anna", name: "Anna", start: false });
  context.runtime.live.board.setStartError("anna", "no port is free");
  context.runtime.live.composeFile.setFault("the template is broken");
  expect(factsAtHand(context)).toMatchObject({
    ...{ engineFault: null, composeFault: "the template is broken", uncovered: [], orphans: [] },
    isDomainMissing: false,
    instances: [{ id: "anna", isOwed: true }],
  });
  const { room, ...read } = await readFacts(context);
  expect(read).toEqual({
    ...{ image: { ref: TEST_IMAGE, present: true }, backups: [], undecided: [], lastRun: null },
  });
  expect(room).toMatchObject({ memoryTotal: 8_000_000_000, isShort: false, owed: 0 });
  expect(room.diskTotal).toBeGreaterThan(room.diskFree);
});

test("without the engine its error is a fact, and a missing image is not", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  await createInstance(context, { id: "anna", name: "Anna", start: false });
  panel.engine.setReachable(false);
  await panel.until("anna", "unknown");
  expect(factsAtHand(context).engineFault).toContain("switched off");
  panel.faults.record();
  expect((await readFacts(context)).image.present).toBe(true);
  // It may not answer for half a minute.
  expect(panel.faults.calls.map(({ method }) => method)).not.toContain("engine.images.find");
});

test("only restores that need a decision are facts, and runs of a schedule that is on", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  for (const undecided of [true, false]) {
    const copy = snapshotOf({ id: `${undecided}`, kept: `${undecided}`, undecided });
    await context.store.insertReplacement(replacementOf());
    await context.store.finishReplacement("anna", copy);
  }
  const lastRun = { at: "2026-01-01T00:00:00.000Z", jobId: null, message: "No room." };
  await context.store.saveSetting("backup.schedule.lastRun", lastRun);
  const off = await readFacts(context);
  expect(off.undecided.map(({ id }) => id)).toEqual(["true"]);
  expect(off.lastRun).toBeNull();
  await savePolicy(context, { ...(await readPolicy(context)), enabled: true });
  expect((await readFacts(context)).lastRun).toEqual({ ...lastRun, status: "failed" });
});
