/** A process with nothing but archives in it: asked for one thing after the other, it says how long each took. */
import type { InstanceRecord } from "@claw/core/backup/instance-record";
import { createDiskCodec } from "../src/files/disk/archive/disk-codec.ts";
import { createFolderRepository } from "../src/files/disk/repository/folder-repository.ts";
import { openDiskStorage } from "../src/files/disk/storage/disk-storage.ts";
import { makeArchive } from "../tests/support/make-archive.ts";

/** Messages to and from the process. */
export type ArchiveWork = "copy" | "write" | "verify";
export interface ArchiveTimes {
  /** Of the whole call, and of what came before the first byte was read back. */
  ms: number;
  packMs: number;
}

const [home = ""] = process.argv.slice(2);
const FILE = "claw-20260101-000000-1.tar";
const NOW = "2026-01-01T00:00:00.000Z";
const { signal } = new AbortController();

const record: InstanceRecord = {
  id: "bench",
  name: "bench",
  port: 18789,
  publishHost: "127.0.0.1",
  timezone: "UTC",
  desired: "stopped",
  createdAt: NOW,
  image: { ref: "none", id: null, digest: null },
  openclawVersion: null,
  compose: "",
  takenAt: NOW,
};

const archives = createDiskCodec({ home, owner: null });
const storage = await openDiskStorage({ home, owner: null });
const repository = createFolderRepository(home);

async function work(what: ArchiveWork) {
  const begun = performance.now();
  let packed = 0;
  if (what === "copy") await storage.copyOut("bench", "c", { signal });
  if (what === "verify") await archives.verify(FILE, { signal });
  if (what === "write") {
    await repository.delete(FILE);
    const facts = { createdAt: NOW, createdBy: "bench", note: null, panelVersion: "0.0.0" };
    const instances = [{ record, copy: "c" }];
    await makeArchive(
      { archives, repository },
      { filename: FILE, instances, encryption: null, ...facts },
      {
        signal,
        onProgress: ({ step }) => {
          if (step === "verifying") packed ||= performance.now();
        },
      },
    );
  }
  const times: ArchiveTimes = { ms: performance.now() - begun, packMs: packed - begun };
  process.send?.(times);
}

process.on("message", (what: ArchiveWork) => void work(what));
process.on("disconnect", () => process.exit());
process.send?.("ready");
