import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import type { Call } from "../../../../tests/support/faulty-engine.ts";
import { panelToRestore } from "../../../../tests/support/panel-to-restore.ts";
import { readMark } from "../../../../tests/support/restoring.ts";
import { shortenLockWaits } from "../../../../tests/support/short-lock-waits.ts";

test("of several, one that fails is as before and named; the others are restored", async () => {
  const ids = ["anna", "ben", "carl", "dora"];
  const { panel, ctx, restore } = await panelToRestore(ids);
  await using _ = panel;
  const fail = ({ args }: Call) => {
    panel.faults.onNext("storage.swapIn", fail);
    if (args[0] === "ben") throw new DomainError("FILES_DENIED", "Not this one.");
  };
  panel.faults.onNext("storage.swapIn", fail);
  const { status, error, result, detail } = await restore();
  expect({ status, error }).toEqual({ status: "partial", error: null });
  expect(result).toEqual({
    restored: expect.arrayContaining(
      ["anna", "carl", "dora"].map((id) => ({ from: id, id, snapshotId: expect.any(String) })),
    ),
    failed: [{ id: "ben", reason: "FILES_DENIED", message: "ben was not restored: Not this one." }],
  });
  expect(detail?.instances[1]).toMatchObject({ id: "ben", phase: "failed" });
  for (const id of ids) {
    expect(await readMark(panel.home, id)).toBe(id === "ben" ? "new" : "old");
    await panel.until(id, "running");
  }
  expect((await ctx.store.listSnapshots()).map((copy) => copy.instanceId).sort()).toEqual([
    "anna",
    "carl",
    "dora",
  ]);
  expect(await ctx.store.listReplacements()).toEqual([]);
});

test("one that cannot be started again is not said to be as before, and no further one is taken down", async () => {
  const ids = ["anna", "ben", "carl", "dora"];
  const { panel, restore } = await panelToRestore(ids);
  await using _ = panel;
  const refuse = () => {
    panel.faults.onNext("engine.start", refuse);
    throw new DomainError("ENGINE_FAILED", "No chain of that name.");
  };
  panel.faults.onNext("engine.start", refuse);
  panel.faults.record();
  const { status, error, result } = await restore();
  const stopped = panel.faults.calls.filter(({ method }) => method === "engine.stop");
  const down = [...new Set(stopped.map(({ args }) => String(args[0])))];
  const left = ids.filter((id) => !down.includes(id));
  expect(left.length).toBeGreaterThanOrEqual(2);
  expect(status).toBe("failed");
  expect(error?.message).toContain(`As before: ${left.join(", ")}.`);
  for (const id of down) {
    expect(error?.message).toContain(`${id} has its former data, but did not come up again: No`);
    expect(await readMark(panel.home, id)).toBe("new");
  }
  for (const id of left) expect(panel.context.runtime.live.board.get(id).status).toBe("running");
  expect(result).toMatchObject({
    failed: expect.arrayContaining(ids.map((id) => expect.objectContaining({ id }))),
  });
});

test("one whose lock is held by something that hangs is not waited for for ever", async () => {
  const { panel, ctx, restore } = await panelToRestore(["anna", "ben"]);
  await using _ = panel;
  const { locks } = ctx.runtime.live;
  const hung = Promise.withResolvers<void>();
  const onboarding = locks.exclusive("anna", "initialising", () => hung.promise);
  shortenLockWaits(ctx);
  const job = await restore();
  expect(job).toMatchObject({
    status: "partial",
    result: { restored: [{ id: "ben" }], failed: [{ id: "anna", reason: "BUSY" }] },
  });
  expect(await readMark(panel.home, "anna")).toBe("new");
  hung.resolve();
  await onboarding;
});

test("two instances at a time at most are down", async () => {
  const ids = ["a", "b", "c", "d", "e"];
  const { panel, ctx, restore } = await panelToRestore(ids);
  await using _ = panel;
  let most = 0;
  const count = async () => {
    const down = [...(await panel.engine.list()).values()].filter(
      ({ health }) => health !== "healthy",
    );
    most = Math.max(most, down.length);
    panel.faults.onNext("storage.swapIn", count, "after");
  };
  panel.faults.onNext("storage.swapIn", count, "after");
  expect(await restore()).toMatchObject({ status: "succeeded" });
  expect(most).toBeLessThanOrEqual(2);
  for (const id of ids) expect(await readMark(panel.home, id)).toBe("old");
  expect((await ctx.store.listSnapshots()).length).toBe(5);
});
