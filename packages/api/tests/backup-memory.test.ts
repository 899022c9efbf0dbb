import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import type { Backup } from "@claw/core/backup/backup";
import { expect, test } from "vitest";
import { createDiskCodec } from "../src/files/disk/archive/disk-codec.ts";
import { createFolderRepository } from "../src/files/disk/repository/folder-repository.ts";
import { openDiskStorage } from "../src/files/disk/storage/disk-storage.ts";
import { instanceRecord } from "./support/archive-bytes.ts";
import { makeArchive } from "./support/make-archive.ts";
import { PanelProcess } from "./support/panel-process.ts";
import { homeOfTest } from "./support/test-app.ts";

const MEGABYTE = 1024 * 1024;
const SIZE = 320 * MEGABYTE;
/** More than what it needed before: less than the file. Most of it is for reading it back. */
const BOUND = 220 * MEGABYTE;

test.runIf(process.platform === "linux")(
  "memory stays flat while a large backup goes out of one panel and into another",
  async () => {
    const [source, target] = [await homeOfTest(), await homeOfTest()];
    const file = await largeArchive(source);
    await using here = await PanelProcess.start({ CLAW_HOME: source, CLAW_ENGINE: "memory" });
    await using there = await PanelProcess.start({ CLAW_HOME: target, CLAW_ENGINE: "memory" });
    const before = await Promise.all([peakMemory(here), peakMemory(there)]);

    const first = await sent(here, createReadStream(file));
    const { url } = await here.client.backups.downloadTicket.mutate({ id: first.id });
    const download = await fetch(here.url + url);
    const second = await sent(there, Readable.fromWeb(download.body as never));
    expect(second.sha256).toBe(first.sha256);
    expect(second.size).toBeGreaterThan(SIZE);

    const after = await Promise.all([peakMemory(here), peakMemory(there)]);
    for (const [index, peak] of after.entries())
      expect(peak - (before[index] ?? 0)).toBeLessThan(BOUND);
  },
  300_000,
);

async function sent(panel: PanelProcess, body: Readable): Promise<Backup> {
  const answer = await fetch(`${panel.url}/backups/upload`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${panel.token}`,
      "content-type": "application/octet-stream",
    },
    body: Readable.toWeb(body) as never,
    duplex: "half",
  } as RequestInit);
  expect(answer.status).toBe(201);
  return (await answer.json()) as Backup;
}

/** The most that a process ever had in RAM. */
async function peakMemory({ pid }: PanelProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** An archive outside the backup folder, of bytes that cannot be packed. */
async function largeArchive(home: string): Promise<string> {
  const archives = createDiskCodec({ home, owner: null });
  const storage = await openDiskStorage({ home, owner: null });
  const record = instanceRecord();
  const { signal } = new AbortController();
  const data = path.join(home, "instances", record.id, "data");
  await mkdir(data, { recursive: true });
  // Larger than what a packer looks back for repetitions.
  const block = randomBytes(16 * MEGABYTE);
  await using file = await open(path.join(data, "large.bin"), "w");
  for (let written = 0; written < SIZE; written += block.length) await file.write(block);
  await storage.copyOut(record.id, "large", { signal });
  const { filename } = await makeArchive(
    { archives, repository: createFolderRepository(home) },
    {
      filename: "claw-20260302-000000-1.tar",
      instances: [{ record, copy: "large" }],
      createdAt: record.takenAt,
      createdBy: "panel",
      note: null,
      panelVersion: "0.1.0",
      encryption: null,
    },
    { signal },
  );
  await storage.dropCopy(record.id, "large");
  const outside = path.join(home, "large.tar");
  await rename(path.join(home, "backup", filename), outside);
  return outside;
}
