import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { BackupRequest } from "@claw/core/backup/backup";
import type { InstanceId } from "@claw/core/instance";
import type { Job } from "@claw/core/job";
import { expect } from "vitest";
import { createBackup } from "../../src/services/backup/create/create-backup.ts";
import { createInstance } from "../../src/services/instance/create-instance.ts";
import { eventually } from "./deadline.ts";
import type { TestPanel } from "./test-app.ts";

/** Creates running instances, except the ones to be stopped, each with a file of its own. */
export async function withInstances(
  panel: TestPanel,
  ids: readonly InstanceId[],
  stopped: readonly InstanceId[] = [],
): Promise<void> {
  for (const id of ids) {
    await createInstance(panel.context, {
      id,
      name: `Name of ${id}`,
      start: !stopped.includes(id),
    });
    await writeNotes(panel, id, `notes of ${id}`);
  }
  for (const id of ids) if (!stopped.includes(id)) await panel.until(id, "running");
}

async function writeNotes(panel: TestPanel, id: InstanceId, text: string): Promise<void> {
  const workspace = path.join(panel.home, "instances", id, "data/workspace");
  await mkdir(workspace, { recursive: true });
  await writeFile(path.join(workspace, "notes.md"), text);
}

export function begin(panel: TestPanel, request: Partial<BackupRequest> = {}): Promise<Job> {
  return createBackup(panel.context, BackupRequest.parse(request));
}

/** Makes a backup and waits for its end, successful or not. */
export async function backUp(panel: TestPanel, request: Partial<BackupRequest> = {}): Promise<Job> {
  const { id } = await begin(panel, request);
  return panel.context.runtime.jobs.finished(id);
}

/** Files in the backup folder, including hidden ones, and hidden folders beside the instances. */
export async function traces(panel: TestPanel): Promise<{ backups: string[]; folders: string[] }> {
  const names = (folder: string) => readdir(path.join(panel.home, folder)).catch(() => []);
  const folders = (await names("instances")).filter((name) => name.startsWith("."));
  return { backups: (await names("backup")).sort(), folders };
}

/** Throws unless nothing of a backup is left and all of `running` run. */
export async function expectNothingLeft(
  panel: TestPanel,
  running: readonly InstanceId[],
): Promise<void> {
  await eventually(async () => {
    expect(await traces(panel)).toEqual({ backups: [], folders: [] });
    expect(await panel.context.store.listBackups()).toEqual([]);
    for (const id of running) {
      expect(panel.context.runtime.live.board.get(id).status, `${id} runs`).toBe("running");
      expect(panel.context.runtime.live.locks.current(id), `nothing is done with ${id}`).toBeNull();
    }
  });
}
