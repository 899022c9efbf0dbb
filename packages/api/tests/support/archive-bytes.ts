import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { InstanceRecord } from "@claw/core/backup/instance-record";
import type { AppContext } from "../../src/context.ts";
import { makeArchive } from "./make-archive.ts";

/** The archive's record of a test instance. */
export function instanceRecord(change: Partial<InstanceRecord> = {}): InstanceRecord {
  return {
    id: "anna",
    name: "安娜",
    port: 20_000,
    publishHost: "127.0.0.1",
    timezone: "UTC",
    desired: "stopped",
    createdAt: "2026-03-01T00:00:00.000Z",
    image: { ref: "openclaw:test", id: null, digest: null },
    openclawVersion: null,
    compose: "services: {}\n",
    takenAt: "2026-03-02T00:00:00.000Z",
    ...change,
  };
}

/**
 * The bytes of an archive of one instance with a file of `content`; afterwards the panel has
 * neither the instance nor the archive.
 */
export async function archiveBytes(
  { config, disk: { archives, repository, storage } }: AppContext,
  content: string | Buffer = "data of anna",
): Promise<Buffer> {
  const record = instanceRecord();
  const { signal } = new AbortController();
  await storage.createInstance(record.id);
  const data = path.join(config.home, "instances", record.id, "data");
  await mkdir(path.join(data, "workspace"), { recursive: true });
  await writeFile(path.join(data, "workspace", "notes 笔记.md"), content);
  await storage.copyOut(record.id, "test", { signal });
  const file = await makeArchive(
    { archives, repository },
    {
      filename: "claw-20260302-000000-1.tar",
      instances: [{ record, copy: "test" }],
      createdAt: record.takenAt,
      createdBy: "panel",
      note: "before the move 搬家前",
      panelVersion: "0.1.0",
      encryption: null,
    },
    { signal },
  );
  await storage.dropCopy(record.id, "test");
  await storage.removeInstance(record.id);
  const chunks: Uint8Array[] = [];
  for await (const chunk of repository.get(file.filename)) chunks.push(chunk);
  await repository.delete(file.filename);
  return Buffer.concat(chunks);
}
