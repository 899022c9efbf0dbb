import { readdir } from "node:fs/promises";
import path from "node:path";
import type { BackedUpInstance } from "@claw/core/backup/backup";
import { restoreTestId } from "@claw/core/naming";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../../tests/support/deadline.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { backUp, succeeded } from "../../../../tests/support/restoring.ts";
import { createTestPanel, type TestPanel } from "../../../../tests/support/test-app.ts";
import { createInstance } from "../../instance/create-instance.ts";
import { systemStatus } from "../../system/system-status.ts";
import { testRestore } from "./test-restore.ts";

async function setUp(extra = "") {
  const panel = await createTestPanel();
  const ctx = panel.context;
  for (const id of ["anna", "ben"]) await createInstance(ctx, { id, name: id, start: false });
  const text = (await ctx.disk.storage.readConfig("anna")) ?? "";
  await ctx.disk.storage.writeConfig("anna", extra === "" ? text : `// ${extra}\n${text}`);
  const backup = await backUp(ctx, ["anna", "ben"]);
  return { panel, ctx, backup };
}

async function expectNothingLeft(panel: TestPanel) {
  expect([...(await panel.engine.list()).keys()].sort()).toEqual(["anna", "ben"]);
  const folders = await readdir(path.join(panel.home, "instances"));
  expect(folders.sort()).toEqual(["anna", "ben"]);
}

describe("a backup that is tried out", () => {
  test("comes up healthy: that is told, recorded, and nothing is left", async () => {
    const { panel, ctx, backup } = await setUp();
    await using _ = panel;
    const { result } = await succeeded(ctx, await testRestore(ctx, { id: backup.id }));
    expect(result).toMatchObject({ instanceId: "anna", healthy: true, message: null });
    expect(result?.seconds).toBeGreaterThanOrEqual(0);
    expect((await ctx.store.findBackup(backup.id))?.provenAt).not.toBeNull();
    await expectNothingLeft(panel);
  });

  test("needs the room of its blocks, where they are known", async () => {
    const { panel, ctx, backup } = await setUp();
    await using _ = panel;
    const space = { free: 1e9, device: "small" };
    const small = {
      ...ctx,
      disk: { ...ctx.disk, storage: { ...ctx.disk.storage, space: async () => space } },
    };
    const hold = (instance: Partial<BackedUpInstance>) =>
      ctx.store.saveBackup({
        ...backup,
        instances: backup.instances.map((each) => ({ ...each, bytes: 5e12, ...instance })),
      });
    await hold({});
    await rejects(testRestore(small, { id: backup.id }), "DISK_FULL");
    await hold({ allocated: 4_096 });
    await succeeded(ctx, await testRestore(small, { id: backup.id }));
  });

  test("takes the instance that is named", async () => {
    const { panel, ctx, backup } = await setUp("STUB_CRASH");
    await using _ = panel;
    const job = await testRestore(ctx, { id: backup.id, instanceId: "ben" });
    expect((await succeeded(ctx, job)).result).toMatchObject({ instanceId: "ben", healthy: true });
    await rejects(testRestore(ctx, { id: backup.id, instanceId: "carl" }), "INVALID_INPUT");
  });

  test.each(["STUB_CRASH", "STUB_INVALID"])("does not come up (%s): why is told", async (fault) => {
    const { panel, ctx, backup } = await setUp(fault);
    await using _ = panel;
    const { result } = await succeeded(ctx, await testRestore(ctx, { id: backup.id }));
    expect(result).toMatchObject({ instanceId: "anna", healthy: false });
    const message = result?.message;
    expect(message).toMatch(/anna did not come up: .*exit code/);
    expect(message).not.toContain("trial");
    expect((await ctx.store.findBackup(backup.id))?.provenAt).toBeNull();
    await expectNothingLeft(panel);
  });

  test("cannot be trusted: why is told, and nothing is started", async () => {
    const { panel, ctx } = await setUp();
    await using _ = panel;
    await ctx.disk.storage.writeConfig("anna", "{ broken");
    const backup = await backUp(ctx, ["anna"]);
    panel.faults.record();
    const { result } = await succeeded(ctx, await testRestore(ctx, { id: backup.id }));
    expect(result).toMatchObject({ healthy: false, message: expect.stringContaining("not valid") });
    expect(panel.faults.calls.map(({ method }) => method)).not.toContain("engine.start");
    await expectNothingLeft(panel);
  });

  test("is seen nowhere else meanwhile, and has no network and no port", async () => {
    const { panel, ctx, backup } = await setUp();
    await using _ = panel;
    const before = panel.engine.survey();
    const starting = panel.faults.pauseNext("engine.start", "after");
    const job = await testRestore(ctx, { id: backup.id });
    await starting.reached;
    expect((await panel.engine.list()).has(restoreTestId(job.id))).toBe(true);
    expect(ctx.runtime.live.board.list().map(({ id }) => id)).toEqual(["anna", "ben"]);
    expect((await systemStatus(ctx)).orphans).toEqual([]);
    expect(panel.engine.survey()).toEqual(before);
    expect(await ctx.disk.storage.listInstances()).toEqual(["anna", "ben"]);
    starting.resume();
    await succeeded(ctx, await ctx.runtime.jobs.get(job.id));
  });

  test("shows how far it is, while it unpacks, starts, and at its end", async () => {
    const { panel, ctx, backup } = await setUp();
    await using _ = panel;
    const unpacked = panel.faults.pauseNext("archives.unpack", "after");
    const started = panel.faults.pauseNext("engine.start", "after");
    const { id } = await testRestore(ctx, { id: backup.id });
    const line = async () => {
      const { progress, step, detail } = await ctx.runtime.jobs.get(id);
      return { progress, step, phase: detail?.instances[0]?.phase };
    };
    await unpacked.reached;
    expect(await line()).toMatchObject({ step: "restore.stage", phase: "unpacking" });
    unpacked.resume();
    await started.reached;
    const starting = await line();
    expect(starting).toMatchObject({ step: "test.start", phase: "starting" });
    panel.host.advance(10_000);
    // The meter ticks once a second.
    await eventually(async () => {
      const { progress } = await line();
      expect(progress).toBeGreaterThan(starting.progress + 0.3);
      expect(progress).toBeLessThan(1);
    });
    started.resume();
    await succeeded(ctx, await ctx.runtime.jobs.get(id));
    expect(await line()).toMatchObject({ progress: 1, phase: "done" });
  });

  test.each([
    "archives.unpack",
    "engine.deploy",
    "engine.start",
  ])("is cancelled at %s: nothing is left", async (call) => {
    const { panel, ctx, backup } = await setUp();
    await using _ = panel;
    const starting = panel.faults.pauseNext(call, "after");
    const { id } = await testRestore(ctx, { id: backup.id });
    await starting.reached;
    const cancelled = ctx.runtime.jobs.cancel(id);
    starting.resume();
    expect(await cancelled).toMatchObject({ status: "cancelled" });
    await expectNothingLeft(panel);
  });

  test("when the engine goes away meanwhile, its container is removed when that is back", async () => {
    const { panel, ctx, backup } = await setUp();
    await using _ = panel;
    panel.faults.onNext("engine.start", () => panel.engine.setReachable(false), "after");
    const { id } = await testRestore(ctx, { id: backup.id });
    expect(await ctx.runtime.jobs.finished(id)).toMatchObject({
      status: "failed",
      error: { reason: "ENGINE_UNREACHABLE" },
    });
    panel.engine.setReachable(true);
    await eventually(() => expectNothingLeft(panel));
  });
});
