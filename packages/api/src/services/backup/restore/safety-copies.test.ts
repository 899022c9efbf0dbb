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
import { bringBack } from "./bring-back.ts";
import { restoreBackup } from "./restore-backup.ts";
import { dismissSafetyCopy, dropExpiredSafetyCopies, listSafetyCopies } from "./safety-copies.ts";

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
  const [copy] = await listSafetyCopies(ctx);
  if (!copy) throw new Error("there is no safety copy");
  return { panel, ctx, backup, copy };
}

const hidden = async (panel: TestPanel) =>
  (await readdir(path.join(panel.home, "instances"), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && entry.name.startsWith("."))
    .map(({ name }) => name);

describe("a safety copy", () => {
  test("is listed without what only the panel needs", async () => {
    const { panel, copy } = await setUp();
    await using _ = panel;
    expect(Object.keys(copy).sort()).toEqual(
      ["backupId", "bytes", "createdAt", "expiresAt", "id", "instanceId", "name"].sort(),
    );
    expect(copy.bytes).toBeGreaterThan(0);
  });

  test("is brought back; what was there becomes one in turn, and can be brought back too", async () => {
    const { panel, ctx, copy } = await setUp();
    await using _ = panel;
    const { result } = await succeeded(ctx, await bringBack(ctx, copy.id));
    expect(await readMark(panel.home, "anna")).toBe("new");
    const [other, ...rest] = await listSafetyCopies(ctx);
    expect(rest).toEqual([]);
    expect(other?.id).not.toBe(copy.id);
    expect(result).toEqual({ restored: [{ from: "anna", id: "anna", safetyCopyId: other?.id }] });
    await panel.until("anna", "running");
    await succeeded(ctx, await bringBack(ctx, other?.id ?? ""));
    expect(await readMark(panel.home, "anna")).toBe("old");
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
    expect((await hidden(panel)).length).toBe(1);
  });

  test("outlives its instance, also one deleted with its data, and makes it again", async () => {
    const { panel, ctx, copy } = await setUp();
    await using _ = panel;
    await removeInstance(ctx, { id: "anna", deleteData: true });
    expect(await listSafetyCopies(ctx)).toEqual([copy]);
    await succeeded(ctx, await bringBack(ctx, copy.id));
    expect(await readMark(panel.home, "anna")).toBe("new");
    expect(await ctx.store.findInstance("anna")).toMatchObject({ name: "Anna" });
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
    expect(await listSafetyCopies(ctx)).toEqual([]);
    expect(await hidden(panel)).toEqual([]);
  });

  test("that does not come up stays one, and all is as before", async () => {
    const { panel, ctx, copy } = await setUp();
    await using _ = panel;
    const kept = (await hidden(panel))[0] ?? "";
    const config = path.join(panel.home, "instances", kept, "data/openclaw.json");
    await writeFile(config, "{ /* STUB_CRASH */ }");
    const job = await ctx.jobs.finished((await bringBack(ctx, copy.id)).id);
    expect(job).toMatchObject({ status: "failed", error: { reason: "START_FAILED" } });
    expect(await readMark(panel.home, "anna")).toBe("old");
    await panel.until("anna", "running");
    expect(await listSafetyCopies(ctx)).toEqual([copy]);
    expect(await hidden(panel)).toEqual([kept]);
    expect(await ctx.store.listRestores()).toEqual([]);
  });

  test("is still one when the engine goes away while it is brought back", async () => {
    const { panel, ctx, copy } = await setUp();
    await using _ = panel;
    panel.faults.onNext("archives.swapIn", () => panel.engine.setReachable(false), "after");
    const job = await ctx.jobs.finished((await bringBack(ctx, copy.id)).id);
    expect(job.status).toBe("failed");
    panel.host.advance(8 * DAY);
    await dropExpiredSafetyCopies(ctx);
    await rejects(dismissSafetyCopy(ctx, copy.id), "BUSY");
    panel.engine.setReachable(true);
    await eventually(async () => expect(await ctx.store.listRestores()).toEqual([]));
    await panel.until("anna", "running");
    expect(await readMark(panel.home, "anna")).toBe("old");
    expect(await listSafetyCopies(ctx)).toEqual([copy]);
    await succeeded(ctx, await bringBack(ctx, copy.id));
    expect(await readMark(panel.home, "anna")).toBe("new");
  });

  test("whose folder was deleted by hand is told, and not listed any more", async () => {
    const { panel, ctx, copy } = await setUp();
    await using _ = panel;
    const { kept } = (await ctx.store.findSafetyCopy(copy.id)) ?? { kept: "" };
    await ctx.archives.dropKept(kept);
    await rejects(bringBack(ctx, copy.id), "SAFETY_COPY_NOT_FOUND");
    expect(await listSafetyCopies(ctx)).toEqual([]);
  });

  test("is dismissed for good, but not during a restore", async () => {
    const { panel, ctx, copy, backup } = await setUp();
    await using _ = panel;
    const staging = panel.faults.pauseNext("archives.stage");
    const job = await restoreBackup(ctx, { id: backup.id });
    await staging.reached;
    await rejects(dismissSafetyCopy(ctx, copy.id), "BUSY");
    staging.resume();
    await ctx.jobs.finished(job.id);
    expect(await dismissSafetyCopy(ctx, copy.id)).toEqual({ id: copy.id });
    await rejects(dismissSafetyCopy(ctx, copy.id), "SAFETY_COPY_NOT_FOUND");
    await rejects(bringBack(ctx, copy.id), "SAFETY_COPY_NOT_FOUND");
    expect((await listSafetyCopies(ctx)).length).toBe(1);
    expect((await hidden(panel)).length).toBe(1);
  });

  test("is deleted when it is 7 days old, and not a day before", async () => {
    const { panel, ctx, copy } = await setUp();
    await using _ = panel;
    panel.host.advance(6 * DAY);
    await dropExpiredSafetyCopies(ctx);
    expect(await listSafetyCopies(ctx)).toEqual([copy]);
    panel.host.advance(DAY);
    await dropExpiredSafetyCopies(ctx);
    expect(await listSafetyCopies(ctx)).toEqual([]);
    expect(await hidden(panel)).toEqual([]);
  });
});
