import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Backup } from "@claw/core/backup/backup";
import type { InstanceId } from "@claw/core/instance";
import { JOB_OF_KIND, type JobKind, type JobOf } from "@claw/core/job";
import { expect } from "vitest";
import type { AppContext } from "../../src/context.ts";
import { timestamp } from "../../src/host/host.ts";
import { recordInstance } from "../../src/services/backup/create/record-instance.ts";
import { makeArchive } from "./make-archive.ts";
import { backupOf } from "./specs.ts";

const signal = new AbortController().signal;

/** Lists a backup of these instances' current files, without stopping them. */
export async function backUp(
  ctx: AppContext,
  ids: readonly InstanceId[],
  patch: Partial<Backup> = {},
): Promise<Backup> {
  const createdAt = timestamp(ctx.host);
  const instances = [];
  for (const id of ids) {
    const spec = await ctx.store.findInstance(id);
    if (!spec) throw new Error(`there is no ${id}`);
    await ctx.disk.storage.copyOut(id, "test", { signal });
    const recorded = await recordInstance(ctx, spec, { isUp: false, signal });
    const record = { ...recorded, openclawVersion: "2026.9.6", takenAt: createdAt };
    instances.push({ record, copy: "test" });
  }
  const filename = `claw-test-${ctx.host.randomHex(4)}.tar`;
  const file = await makeArchive(
    ctx.disk,
    {
      filename,
      instances,
      createdAt,
      createdBy: "panel",
      note: null,
      panelVersion: "0",
      encryption: null,
    },
    { signal },
  );
  for (const id of ids) await ctx.disk.storage.dropCopy(id, "test");
  const backup = backupOf({
    id: ctx.host.randomHex(8),
    filename,
    size: file.size,
    sha256: file.sha256,
    instances: file.instances.map(({ record: _, ...instance }) => instance),
    createdAt,
    ...patch,
  });
  await ctx.store.saveBackup(backup);
  return backup;
}

/** A marker file in an instance's data, which identifies the data. */
const markFile = (home: string, id: InstanceId) => path.join(home, "instances", id, "data/mark");

export const writeMark = (home: string, id: InstanceId, text: string) =>
  writeFile(markFile(home, id), text);

export const readMark = (home: string, id: InstanceId) =>
  readFile(markFile(home, id), "utf8").catch(() => null);

/** Waits for a job and expects success. */
export async function succeeded<K extends JobKind>(
  ctx: AppContext,
  { id, kind }: { id: string; kind: K },
): Promise<JobOf<K>> {
  const done = await ctx.runtime.jobs.finished(id);
  expect(done.error).toBeNull();
  expect(done.status).toBe("succeeded");
  return JOB_OF_KIND[kind].parse(done);
}
