import { describe, expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { backUp, readMark, succeeded, writeMark } from "../../../../tests/support/restoring.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { expectGone } from "../../../../tests/support/wholeness.ts";
import { changeInstance } from "../../instance/change-instance.ts";
import { createInstance } from "../../instance/create-instance.ts";
import { removeInstance } from "../../instance/remove-instance.ts";
import { updateInstance } from "../../instance/update-instance.ts";
import { restoreBackup } from "./restore-backup.ts";
import { revert } from "./revert.ts";
import { dismissSnapshot, listSnapshots } from "./snapshots.ts";

/** Anna, restored once; the snapshot has the mark "new". */
async function restored() {
  const panel = await createTestPanel();
  const ctx = panel.context;
  const { uid } = await createInstance(ctx, {
    ...{ id: "anna", name: "Anna", start: true, group: "sales", tags: ["vip"] },
  });
  await panel.until("anna", "running");
  const backup = await backUp(ctx, ["anna"]);
  await writeMark(panel.home, "anna", "new");
  await succeeded(ctx, await restoreBackup(ctx, { id: backup.id }));
  const [copy] = await listSnapshots(ctx);
  if (!copy) throw new Error("there is no snapshot");
  const remove = () => removeInstance(ctx, { id: "anna", deleteData: true });
  return { panel, ctx, uid, copy, remove };
}

describe("a deleted instance that is reverted", () => {
  test("is the one that was deleted: its uid, and the group, tags and time zone of its last day", async () => {
    const { panel, ctx, uid, copy, remove } = await restored();
    await using _ = panel;
    await changeInstance(ctx, { id: "anna", group: "support", tags: ["vip", "new"] });
    await updateInstance(ctx, "anna", { timezone: "Asia/Tokyo" });
    await remove();
    await succeeded(ctx, await revert(ctx, copy.id));
    expect(await readMark(panel.home, "anna")).toBe("new");
    expect(await ctx.store.findInstance("anna")).toMatchObject({
      ...{ uid, group: "support", tags: ["vip", "new"], timezone: "Asia/Tokyo" },
    });
  });

  test("gets nothing of another one that had its id since", async () => {
    const { panel, ctx, uid, copy, remove } = await restored();
    await using _ = panel;
    await remove();
    await createInstance(ctx, { id: "anna", name: "Other", start: false, group: "secret" });
    await remove();
    await succeeded(ctx, await revert(ctx, copy.id));
    expect(await ctx.store.findInstance("anna")).toMatchObject({ uid, group: null, tags: [] });
  });
});

test("a revert whose snapshot was dismissed while it waited changes nothing", async () => {
  const { panel, ctx, copy, remove } = await restored();
  await using _ = panel;
  await remove();
  const other = Promise.withResolvers<null>();
  const backup = await ctx.runtime.jobs.begin({
    ...{ kind: "backup", instanceId: null, begunBy: "u-olaf", work: () => other.promise },
  });
  const waits = await revert(ctx, copy.id);
  expect(waits.status).toBe("queued");
  await dismissSnapshot(ctx, copy.id);
  other.resolve(null);
  await ctx.runtime.jobs.finished(backup.id);
  const { error } = await ctx.runtime.jobs.finished(waits.id);
  expect(error?.reason).toBe("SNAPSHOT_NOT_FOUND");
  await expectGone(panel, "anna");
  await rejects(revert(ctx, copy.id), "SNAPSHOT_NOT_FOUND");
});
