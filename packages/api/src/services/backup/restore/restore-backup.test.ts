import { parseJson5Object } from "@claw/core/json5-edit";
import { readToken, valueAt } from "@claw/core/openclaw-config";
import { describe, expect, test } from "vitest";
import {
  expectAsBefore,
  leftovers,
  panelToRestore,
} from "../../../../tests/support/panel-to-restore.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { backUp, readMark, succeeded, writeMark } from "../../../../tests/support/restoring.ts";
import type { TestPanel } from "../../../../tests/support/test-app.ts";
import { expectGone, expectWhole } from "../../../../tests/support/wholeness.ts";
import { listConfigVersions } from "../../instance/config-history.ts";
import { createInstance } from "../../instance/create-instance.ts";
import { readConfig } from "../../instance/read-config.ts";
import { removeInstance } from "../../instance/remove-instance.ts";
import { saveConfig } from "../../instance/save-config.ts";
import { startInstance } from "../../instance/start-instance.ts";
import { stopInstance } from "../../instance/stop-instance.ts";
import { restoreBackup } from "./restore-backup.ts";

async function write(panel: TestPanel, id: string, extra: string) {
  const { text, revision } = await readConfig(panel.context, id);
  const edited = text.replace("{", `{ /* ${extra} */`);
  await saveConfig(panel.context, { id, text: edited, revision });
}

describe("an instance that is there", () => {
  test("has the data of the backup, runs, and what it was is a snapshot", async () => {
    const { panel, ctx, backup } = await panelToRestore();
    await using _ = panel;
    const before = await ctx.store.findInstance("anna");
    const job = await restoreBackup(ctx, { id: backup.id });
    const { result, detail } = await succeeded(ctx, job);
    const [copy] = await ctx.store.listSnapshots();
    expect(result).toEqual({ restored: [{ from: "anna", id: "anna", snapshotId: copy?.id }] });
    expect(copy).toMatchObject({ instanceId: "anna", name: "Name anna", backupId: backup.id });
    expect(Date.parse(copy?.expiresAt ?? "") - Date.parse(copy?.createdAt ?? "")).toBeCloseTo(
      7 * 86_400_000,
      -4,
    );
    expect(await readMark(panel.home, "anna")).toBe("old");
    expect((await panel.engine.list("anna")).get("anna")).toMatchObject({ health: "healthy" });
    await expectWhole(panel, "anna");
    expect(await ctx.store.findInstance("anna")).toEqual(before);
    expect(await ctx.store.listReplacements()).toEqual([]);
    expect(await leftovers(panel)).toEqual([]);
    expect(detail?.instances).toMatchObject([{ id: "anna", phase: "done", problem: null }]);
    expect(detail?.instances[0]?.downMs).toBeGreaterThanOrEqual(0);
  });

  test("that does not run stays so", async () => {
    const { panel, ctx, restore } = await panelToRestore();
    await using _ = panel;
    await stopInstance(ctx, "anna");
    expect(await restore()).toMatchObject({ status: "succeeded" });
    expect(await readMark(panel.home, "anna")).toBe("old");
    expect((await panel.engine.list("anna")).get("anna")?.state).not.toBe("running");
    await startInstance(ctx, "anna");
    await panel.until("anna", "running");
  });

  test("has moved to another port since: the configuration follows", async () => {
    const { panel, ctx, restore } = await panelToRestore();
    await using _ = panel;
    await removeInstance(ctx, { id: "anna", deleteData: true });
    await createInstance(ctx, { id: "anna", name: "Anew", port: 20_500, start: true });
    expect(await restore()).toMatchObject({ status: "succeeded" });
    expect(await ctx.store.findInstance("anna")).toMatchObject({ name: "Anew", port: 20_500 });
    await expectWhole(panel, "anna");
    expect((await readConfig(ctx, "anna")).text).not.toContain(":20000");
  });

  test("is in error: a restore is what brings it up again", async () => {
    const { panel, ctx, restore } = await panelToRestore();
    await using _ = panel;
    await write(panel, "anna", "STUB_INVALID");
    panel.engine.killOutside("anna", 1, true);
    await panel.until("anna", "error");
    expect(await restore()).toMatchObject({ status: "succeeded" });
    await panel.until("anna", "running");
    expect((await ctx.store.listSnapshots()).length).toBe(1);
  });

  test("the configuration of the backup is another version, and what it replaced stays one", async () => {
    const { panel, ctx, restore } = await panelToRestore();
    await using _ = panel;
    await write(panel, "anna", "mine");
    expect(await restore()).toMatchObject({ status: "succeeded" });
    const { versions } = await listConfigVersions(ctx, { id: "anna", limit: 10 });
    expect(versions).toMatchObject([
      { source: "restore", current: true },
      { source: "editor" },
      { source: "panel" },
    ]);
    expect(versions[0]?.revision).toBe(versions[2]?.revision);
  });
});

describe("an instance that is gone", () => {
  const noSpec = { updatedAt: "", label: "", ownership: "" };
  test("is made again, with its name, port, labels, token and configuration", async () => {
    const { panel, ctx, restore } = await panelToRestore();
    await using _ = panel;
    const { text } = await readConfig(ctx, "anna");
    const before = await ctx.store.findInstance("anna");
    await removeInstance(ctx, { id: "anna", deleteData: true });
    expect(await restore()).toMatchObject({
      status: "succeeded",
      result: { restored: [{ from: "anna", id: "anna", snapshotId: null }] },
    });
    expect((await readConfig(ctx, "anna")).text).toBe(text);
    const { updatedAt: _u, label, ownership, ...rest } = before ?? noSpec;
    // Its first configuration comes from the backup.
    const same = { ...rest, template: null };
    // A browser's storage for an address must not meet another owner.
    const after = await ctx.store.findInstance("anna");
    expect(after?.label).not.toBe(label);
    // Nor does a session of before open it.
    expect(after?.ownership).not.toBe(ownership);
    expect(after).toMatchObject(same);
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
  });

  test("gets another port when its own is taken", async () => {
    const { panel, ctx, restore } = await panelToRestore();
    await using _ = panel;
    await removeInstance(ctx, { id: "anna", deleteData: true });
    panel.engine.machine.busyPorts.add(20_000);
    expect(await restore()).toMatchObject({ status: "succeeded" });
    expect((await ctx.store.findInstance("anna"))?.port).toBe(20_001);
    await expectWhole(panel, "anna");
  });

  test("gets another port when its own is taken in the last moment", async () => {
    const { panel, ctx, restore } = await panelToRestore();
    await using _ = panel;
    await removeInstance(ctx, { id: "anna", deleteData: true });
    panel.faults.onNext("engine.start", () => panel.engine.addForeign("thief", 20_000));
    expect(await restore()).toMatchObject({ status: "succeeded" });
    expect((await ctx.store.findInstance("anna"))?.port).toBe(20_001);
    await expectWhole(panel, "anna");
  });

  test("whose data was kept: that becomes a snapshot", async () => {
    const { panel, ctx, restore } = await panelToRestore();
    await using _ = panel;
    await removeInstance(ctx, { id: "anna", deleteData: false });
    expect(await restore()).toMatchObject({ status: "succeeded" });
    expect(await readMark(panel.home, "anna")).toBe("old");
    expect(await ctx.store.listSnapshots()).toMatchObject([{ instanceId: "anna" }]);
  });

  test("that does not come up is gone again, with its former data", async () => {
    const { panel, ctx } = await panelToRestore();
    await using _ = panel;
    await write(panel, "anna", "STUB_CRASH");
    const broken = await backUp(ctx, ["anna"]);
    await removeInstance(ctx, { id: "anna", deleteData: false });
    const job = await restoreBackup(ctx, { id: broken.id });
    expect(await ctx.runtime.jobs.finished(job.id)).toMatchObject({
      status: "failed",
      error: { reason: "START_FAILED" },
    });
    expect(await readMark(panel.home, "anna")).toBe("new");
    expect(await ctx.store.listReplacements()).toEqual([]);
    await expectGone(panel, "anna", { dataKept: true });
  });
});

describe("a copy", () => {
  const copies = [{ from: "anna", id: "anna-2", name: "二号" }];

  test("runs beside its original, with port, name and token of its own, and channels off", async () => {
    const { panel, ctx, restore } = await panelToRestore();
    await using _ = panel;
    expect(await restore({ copies })).toMatchObject({
      status: "succeeded",
      result: { restored: [{ from: "anna", id: "anna-2", snapshotId: null }] },
    });
    for (const id of ["anna", "anna-2"]) {
      await panel.until(id, "running");
      await expectWhole(panel, id);
    }
    expect(await ctx.store.findInstance("anna-2")).toMatchObject({ name: "二号", port: 20_001 });
    const [original, copy] = await Promise.all(["anna", "anna-2"].map((id) => readConfig(ctx, id)));
    expect(readToken(copy?.text ?? "")).not.toBe(readToken(original?.text ?? ""));
    const config = parseJson5Object(copy?.text ?? "");
    expect(valueAt(config, ["channels", "telegram", "enabled"])).toBe(false);
    expect(valueAt(config, ["gateway", "controlUi", "allowedOrigins"])).toEqual([
      "http://localhost:20001",
      "http://127.0.0.1:20001",
    ]);
    expect(await readMark(panel.home, "anna-2")).toBe("old");
    expect(await readMark(panel.home, "anna")).toBe("new");
  });

  test("that does not come up was not created, which is said; there is no before", async () => {
    const { panel, ctx } = await panelToRestore();
    await using _ = panel;
    await write(panel, "anna", "STUB_CRASH");
    const broken = await backUp(ctx, ["anna"]);
    const { id } = await restoreBackup(ctx, { id: broken.id, copies });
    const { status, error } = await ctx.runtime.jobs.finished(id);
    expect(status).toBe("failed");
    expect(error?.message).toContain("Not created: anna-2.");
    expect(error?.message).not.toContain("As before");
    await expectGone(panel, "anna-2");
  });

  test("onto an id that somebody takes meanwhile is not made, and that one stays", async () => {
    const { panel, ctx, restore } = await panelToRestore();
    await using _ = panel;
    const staging = panel.faults.pauseNext("archives.unpack");
    const restoring = restore({ copies });
    await staging.reached;
    await createInstance(ctx, { id: "anna-2", name: "Mine", start: true });
    staging.resume();
    expect(await restoring).toMatchObject({
      status: "failed",
      error: { reason: "INSTANCE_EXISTS" },
    });
    await panel.until("anna-2", "running");
    expect(await ctx.store.findInstance("anna-2")).toMatchObject({ name: "Mine" });
    expect(await leftovers(panel)).toEqual([]);
  });
});

describe("before anything is begun", () => {
  test("a wish that cannot be meant so, and an unknown backup, are refused", async () => {
    const { panel, ctx, backup } = await panelToRestore();
    await using _ = panel;
    await rejects(restoreBackup(ctx, { id: backup.id, instanceIds: ["no"] }), "INVALID_INPUT");
    await rejects(restoreBackup(ctx, { id: "none" }), "BACKUP_NOT_FOUND");
    expect(await ctx.runtime.jobs.list()).toEqual([]);
  });

  test("an engine that is away, an image that is missing and a full disk are told", async () => {
    const { panel, ctx, backup } = await panelToRestore();
    await using _ = panel;
    panel.engine.setReachable(false);
    await rejects(restoreBackup(ctx, { id: backup.id }), "ENGINE_UNREACHABLE");
    panel.engine.setReachable(true);
    await ctx.store.updateInstance("anna", { image: "gone:1", updatedAt: "2026-01-01" });
    const error = await rejects(restoreBackup(ctx, { id: backup.id }), "IMAGE_MISSING");
    expect(error.message).toContain("gone:1");
    await ctx.store.updateInstance("anna", { image: ctx.config.image, updatedAt: "2026-01-01" });
    const space = { free: 3, device: "small" };
    const full = {
      ...ctx,
      disk: { ...ctx.disk, storage: { ...ctx.disk.storage, space: async () => space } },
    };
    await rejects(restoreBackup(full, { id: backup.id }), "DISK_FULL");
    expect(await ctx.runtime.jobs.list()).toEqual([]);
  });

  test("another restore is BUSY, and the backup cannot be removed", async () => {
    const { panel, ctx, backup, restore } = await panelToRestore();
    await using _ = panel;
    const staging = panel.faults.pauseNext("archives.unpack");
    const restoring = restore();
    await staging.reached;
    await rejects(restoreBackup(ctx, { id: backup.id }), "BUSY");
    expect(ctx.runtime.backups.isRead(backup.id)).toBe(true);
    staging.resume();
    expect(await restoring).toMatchObject({ status: "succeeded" });
  });

  test("all are staged and checked: one that cannot be trusted keeps all others as they are", async () => {
    const { panel, ctx } = await panelToRestore(["anna", "ben"]);
    await using _ = panel;
    await writeMark(panel.home, "anna", "new");
    const { text } = await readConfig(ctx, "ben");
    await ctx.disk.storage.writeConfig("ben", "{ broken");
    const bad = await backUp(ctx, ["anna", "ben"]);
    await ctx.disk.storage.writeConfig("ben", text);
    panel.faults.record();
    const job = await restoreBackup(ctx, { id: bad.id });
    const { status, error } = await ctx.runtime.jobs.finished(job.id);
    expect({ status, reason: error?.reason }).toEqual({
      status: "failed",
      reason: "ARCHIVE_INVALID",
    });
    expect(error?.message).toContain("ben");
    expect(error?.message).toContain("Nothing was changed");
    expect(panel.faults.calls.map(({ method }) => method)).not.toContain("engine.stop");
    for (const id of ["anna", "ben"]) await expectAsBefore(panel, id);
  });
});
