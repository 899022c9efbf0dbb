import { DomainError } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../../tests/support/deadline.ts";
import {
  expectAsBefore,
  leftovers,
  panelToRestore,
} from "../../../../tests/support/panel-to-restore.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { backUp, readMark, writeMark } from "../../../../tests/support/restoring.ts";
import { createInstance } from "../../instance/create-instance.ts";
import { readConfig } from "../../instance/read-config.ts";
import { removeInstance } from "../../instance/remove-instance.ts";
import { saveConfig } from "../../instance/save-config.ts";
import { startInstance } from "../../instance/start-instance.ts";
import { stopInstance } from "../../instance/stop-instance.ts";
import { restoreBackup } from "./restore-backup.ts";
import { revert } from "./revert.ts";

describe("an instance that somebody creates while the backup is unpacked", () => {
  test.each([
    true,
    false,
  ])("is not the one whose data is put back (there before: %s)", async (there) => {
    const { panel, ctx, restore } = await panelToRestore();
    await using _ = panel;
    const remove = () => removeInstance(ctx, { id: "anna", deleteData: true });
    if (!there) await remove();
    const staging = panel.faults.pauseNext("archives.unpack");
    const restoring = restore();
    await staging.reached;
    if (there) await remove();
    await createInstance(ctx, { id: "anna", name: "Bob's", start: true });
    await panel.until("anna", "running");
    await writeMark(panel.home, "anna", "bob");
    staging.resume();
    const { status, error } = await restoring;
    expect({ status, reason: error?.reason }).toEqual({
      status: "failed",
      reason: "INSTANCE_EXISTS",
    });
    expect(error?.message).toContain("another instance anna was created");
    expect(await readMark(panel.home, "anna")).toBe("bob");
    await panel.until("anna", "running");
    expect(await leftovers(panel)).toEqual([]);
  });

  test("gets no data of a former one that is reverted", async () => {
    const { panel, ctx, restore } = await panelToRestore();
    await using _ = panel;
    await restore();
    const [copy] = await ctx.store.listSnapshots();
    const places = Promise.withResolvers<void>();
    const taken = ["x", "y"].map((id) => ctx.runtime.live.starts.take(id, () => places.promise));
    const job = await revert(ctx, copy?.id ?? "");
    await removeInstance(ctx, { id: "anna", deleteData: true });
    await createInstance(ctx, { id: "anna", name: "Bob's", start: false });
    places.resolve();
    await Promise.all(taken);
    expect(await ctx.runtime.jobs.finished(job.id)).toMatchObject({
      status: "failed",
      error: { reason: "INSTANCE_EXISTS" },
    });
    expect(await readMark(panel.home, "anna")).toBeNull();
    expect(await ctx.store.findSnapshot(copy?.id ?? "")).toEqual(copy);
  });
});

describe("a restore that fails leaves everything as it was:", () => {
  test.each([
    "STUB_CRASH",
    "STUB_INVALID",
  ])("the restored one does not come up (%s)", async (fault) => {
    const { panel, ctx } = await panelToRestore();
    await using _ = panel;
    const { text } = await readConfig(ctx, "anna");
    await ctx.disk.storage.writeConfig("anna", `// ${fault}\n${text}`);
    const broken = await backUp(ctx, ["anna"]);
    await ctx.disk.storage.writeConfig("anna", text);
    const job = await restoreBackup(ctx, { id: broken.id });
    const { status, error } = await ctx.runtime.jobs.finished(job.id);
    expect({ status, reason: error?.reason }).toEqual({ status: "failed", reason: "START_FAILED" });
    expect(error?.message).toContain("exit code");
    expect(error?.message).toContain("As before: anna");
    expect((await readConfig(ctx, "anna")).text).toBe(text);
    await expectAsBefore(panel, "anna");
  });

  test.each([
    "archives.unpack",
    "storage.readStagedConfig",
    "store.insertReplacement",
    "engine.stop",
    "storage.swapIn",
    "engine.deploy",
    "engine.start",
    "storage.snapshotSize",
    "store.finishReplacement",
  ])("%s does not work", async (method) => {
    const { panel, restore } = await panelToRestore();
    await using _ = panel;
    panel.faults.failNext(method, new DomainError("FILES_DENIED", "Refused (said by the test)."));
    const { status, error } = await restore();
    expect(status).toBe("failed");
    expect(error?.reason).toBe("FILES_DENIED");
    await expectAsBefore(panel, "anna");
  });

  test("the engine goes away in the middle: undone when it is back, and until then nobody interferes", async () => {
    const { panel, ctx, restore } = await panelToRestore();
    await using _ = panel;
    panel.faults.onNext("storage.swapIn", () => panel.engine.setReachable(false), "after");
    const { status, error } = await restore();
    expect(status).toBe("failed");
    expect(error?.message).toContain("as soon as Docker answers");
    await rejects(startInstance(ctx, "anna"), "BUSY");
    await rejects(stopInstance(ctx, "anna"), "BUSY");
    await rejects(removeInstance(ctx, { id: "anna", deleteData: true }), "BUSY");
    const { text, revision } = await readConfig(ctx, "anna");
    await rejects(saveConfig(ctx, { id: "anna", text, revision }), "BUSY");
    panel.engine.setReachable(true);
    await eventually(() => expectAsBefore(panel, "anna"));
    await stopInstance(ctx, "anna");
  });

  test("it is cancelled while the restored one comes up", async () => {
    const { panel, ctx, backup } = await panelToRestore();
    await using _ = panel;
    const starting = panel.faults.pauseNext("engine.start", "after");
    const { id } = await restoreBackup(ctx, { id: backup.id });
    await starting.reached;
    const cancelled = ctx.runtime.jobs.cancel(id);
    starting.resume();
    expect(await cancelled).toMatchObject({ status: "cancelled" });
    await expectAsBefore(panel, "anna");
  });

  test("it is cancelled while it unpacks", async () => {
    const { panel, ctx, backup } = await panelToRestore();
    await using _ = panel;
    const staging = panel.faults.pauseNext("archives.unpack");
    const { id } = await restoreBackup(ctx, { id: backup.id });
    await staging.reached;
    const cancelled = ctx.runtime.jobs.cancel(id);
    staging.resume();
    expect(await cancelled).toMatchObject({ status: "cancelled" });
    await expectAsBefore(panel, "anna");
  });
});
