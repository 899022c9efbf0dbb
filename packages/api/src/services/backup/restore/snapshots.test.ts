import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../../tests/support/deadline.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { backUp, readMark, succeeded, writeMark } from "../../../../tests/support/restoring.ts";
import { createTestPanel, type TestPanel } from "../../../../tests/support/test-app.ts";
import { expectWhole } from "../../../../tests/support/wholeness.ts";
import { createInstance } from "../../instance/create-instance.ts";
import { removeInstance } from "../../instance/remove-instance.ts";
import { restoreBackup } from "./restore-backup.ts";
import { revert } from "./revert.ts";
import { dismissSnapshot, dropExpiredSnapshots, listSnapshots } from "./snapshots.ts";

const DAY = 24 * 3_600_000;

/** Runs with the mark "old" of a backup; what was replaced has the mark "new". */
async function setUp() {
  const panel = await createTestPanel();
  const ctx = panel.context;
  await createInstance(ctx, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  await writeMark(panel.home, "anna", "old");
  const backup = await backUp(ctx, ["anna"]);
  await writeMark(panel.home, "anna", "new");
  await succeeded(ctx, await restoreBackup(ctx, { id: backup.id }));
  const [copy] = await listSnapshots(ctx);
  if (!copy) throw new Error("there is no snapshot");
  return { panel, ctx, backup, copy };
}

const hidden = async (panel: TestPanel) =>
  (await readdir(path.join(panel.home, "instances"), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && entry.name.startsWith("."))
    .map(({ name }) => name);

describe("a snapshot", () => {
  test("is listed without what only the panel needs", async () => {
    const { panel, copy } = await setUp();
    await using _ = panel;
    expect(Object.keys(copy).sort()).toEqual(
      [
        "backupId",
        "bytes",
        "createdAt",
        "expiresAt",
        "id",
        "instanceId",
        "name",
        "undecided",
      ].sort(),
    );
    expect(copy.bytes).toBeGreaterThan(0);
  });

  test("is reverted; what was there becomes one in turn, and can be reverted too", async () => {
    const { panel, ctx, copy } = await setUp();
    await using _ = panel;
    const { result } = await succeeded(ctx, await revert(ctx, copy.id));
    expect(await readMark(panel.home, "anna")).toBe("new");
    const [other, ...rest] = await listSnapshots(ctx);
    expect(rest).toEqual([]);
    expect(other?.id).not.toBe(copy.id);
    expect(result).toEqual({ restored: [{ from: "anna", id: "anna", snapshotId: other?.id }] });
    await panel.until("anna", "running");
    await succeeded(ctx, await revert(ctx, other?.id ?? ""));
    expect(await readMark(panel.home, "anna")).toBe("old");
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
    expect((await hidden(panel)).length).toBe(1);
  });

  test("outlives its instance, also one deleted with its data, and makes it again", async () => {
    const { panel, ctx, copy } = await setUp();
    await using _ = panel;
    await removeInstance(ctx, { id: "anna", deleteData: true });
    expect(await listSnapshots(ctx)).toEqual([copy]);
    await succeeded(ctx, await revert(ctx, copy.id));
    expect(await readMark(panel.home, "anna")).toBe("new");
    expect(await ctx.store.findInstance("anna")).toMatchObject({ name: "Anna" });
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
    expect(await listSnapshots(ctx)).toEqual([]);
    expect(await hidden(panel)).toEqual([]);
  });

  test("that does not come up stays one, and all is as before", async () => {
    const { panel, ctx, copy } = await setUp();
    await using _ = panel;
    const kept = (await hidden(panel))[0] ?? "";
    const config = path.join(panel.home, "instances", kept, "data/openclaw.json");
    await writeFile(config, "{ /* STUB_CRASH */ }");
    const job = await ctx.runtime.jobs.finished((await revert(ctx, copy.id)).id);
    expect(job).toMatchObject({ status: "failed", error: { reason: "START_FAILED" } });
    expect(await readMark(panel.home, "anna")).toBe("old");
    await panel.until("anna", "running");
    expect(await listSnapshots(ctx)).toEqual([copy]);
    expect(await hidden(panel)).toEqual([kept]);
    expect(await ctx.store.listReplacements()).toEqual([]);
  });

  test("is still one when the engine goes away while it is reverted", async () => {
    const { panel, ctx, copy } = await setUp();
    await using _ = panel;
    panel.faults.onNext("storage.swapIn", () => panel.engine.setReachable(false), "after");
    const job = await ctx.runtime.jobs.finished((await revert(ctx, copy.id)).id);
    expect(job.status).toBe("failed");
    panel.host.advance(8 * DAY);
    await dropExpiredSnapshots(ctx);
    await rejects(dismissSnapshot(ctx, copy.id), "BUSY");
    panel.engine.setReachable(true);
    await eventually(async () => expect(await ctx.store.listReplacements()).toEqual([]));
    await panel.until("anna", "running");
    expect(await readMark(panel.home, "anna")).toBe("old");
    expect(await listSnapshots(ctx)).toEqual([copy]);
    await succeeded(ctx, await revert(ctx, copy.id));
    expect(await readMark(panel.home, "anna")).toBe("new");
  });

  test("whose folder was deleted by hand is told, and not listed any more", async () => {
    const { panel, ctx, copy } = await setUp();
    await using _ = panel;
    const { kept } = (await ctx.store.findSnapshot(copy.id)) ?? { kept: "" };
    await ctx.disk.storage.dropSnapshot(kept);
    await rejects(revert(ctx, copy.id), "SNAPSHOT_NOT_FOUND");
    expect(await listSnapshots(ctx)).toEqual([]);
  });

  test("is dismissed for good, but not during a restore", async () => {
    const { panel, ctx, copy, backup } = await setUp();
    await using _ = panel;
    const staging = panel.faults.pauseNext("archives.unpack");
    const job = await restoreBackup(ctx, { id: backup.id });
    await staging.reached;
    await rejects(dismissSnapshot(ctx, copy.id), "BUSY");
    staging.resume();
    await ctx.runtime.jobs.finished(job.id);
    expect(await dismissSnapshot(ctx, copy.id)).toEqual({ id: copy.id });
    await rejects(dismissSnapshot(ctx, copy.id), "SNAPSHOT_NOT_FOUND");
    const { message } = await rejects(revert(ctx, copy.id), "SNAPSHOT_NOT_FOUND");
    expect(message).toContain("dismissed, reverted, or");
    expect((await listSnapshots(ctx)).length).toBe(1);
    expect((await hidden(panel)).length).toBe(1);
  });

  test("is deleted when it is 7 days old, and not a day before", async () => {
    const { panel, ctx, copy } = await setUp();
    await using _ = panel;
    panel.host.advance(6 * DAY);
    await dropExpiredSnapshots(ctx);
    expect(await listSnapshots(ctx)).toEqual([copy]);
    panel.host.advance(DAY);
    await dropExpiredSnapshots(ctx);
    expect(await listSnapshots(ctx)).toEqual([]);
    expect(await hidden(panel)).toEqual([]);
  });
});
