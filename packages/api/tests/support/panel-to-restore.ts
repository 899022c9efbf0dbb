import { readdir } from "node:fs/promises";
import path from "node:path";
import type { RestoreRequest } from "@claw/core/backup/backup";
import { expect } from "vitest";
import { restoreBackup } from "../../src/services/backup/restore/restore-backup.ts";
import { createInstance } from "../../src/services/instance/create-instance.ts";
import { backUp, readMark, writeMark } from "./restoring.ts";
import { createTestPanel, type TestPanel } from "./test-app.ts";
import { expectWhole } from "./wholeness.ts";

/** Runs with the mark "new", and is in the backup with the mark "old". */
export async function panelToRestore(ids = ["anna"]) {
  const panel = await createTestPanel();
  const ctx = panel.context;
  for (const id of ids) {
    const labels = { group: "销售", tags: ["vip", `tag of ${id}`] };
    await createInstance(ctx, { id, name: `Name ${id}`, start: true, ...labels });
    await panel.until(id, "running");
    await writeMark(panel.home, id, "old");
  }
  const backup = await backUp(ctx, ids);
  for (const id of ids) await writeMark(panel.home, id, "new");
  const restore = async (request: Partial<RestoreRequest> = {}) => {
    const job = await restoreBackup(ctx, { id: backup.id, ...request });
    return ctx.runtime.jobs.finished(job.id);
  };
  return { panel, ctx, backup, restore };
}

/** Staged data and copies that nothing uses. */
export const leftovers = async (panel: TestPanel) =>
  (await readdir(path.join(panel.home, "instances"))).filter((name) =>
    /^\.(staged|copy)/.test(name),
  );

export async function expectAsBefore(panel: TestPanel, id: string) {
  expect(await readMark(panel.home, id)).toBe("new");
  await panel.until(id, "running");
  await expectWhole(panel, id);
  expect(await panel.context.store.listReplacements()).toEqual([]);
  expect(await panel.context.store.listSnapshots()).toEqual([]);
  const folders = await readdir(path.join(panel.home, "instances"));
  expect(folders.filter((name) => name.startsWith("."))).toEqual([]);
}
