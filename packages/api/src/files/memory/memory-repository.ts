import { randomUUID } from "node:crypto";
import { ArchiveFilename } from "@claw/core/backup/archive-names";
import { backupFileMissing } from "../backup-file-missing.ts";
import type { BackupRepository, ByteRange, Draft } from "../backup-repository.ts";

/** More than any test stores. */
const FREE = 10 ** 12;

/** Keeps backup files in memory. */
export function createMemoryRepository(): BackupRepository {
  const files = new Map<string, Buffer>();
  const drafts = new Map<string, Buffer>();

  function draft(): Draft {
    const id = randomUUID();
    return {
      id,
      async write(content) {
        const chunks: Uint8Array[] = [];
        for await (const chunk of content) chunks.push(Uint8Array.from(chunk));
        drafts.set(id, Buffer.concat(chunks));
      },
      read: () => partOf(drafts.get(id)),
      async [Symbol.asyncDispose]() {
        drafts.delete(id);
      },
    };
  }

  return {
    draft: async () => draft(),
    async put({ id }, filename) {
      const content = drafts.get(id);
      if (!content) throw new Error(`the draft ${id} has no content`);
      if (files.has(ArchiveFilename.parse(filename))) return false;
      files.set(filename, content);
      drafts.delete(id);
      return true;
    },
    get: (filename, range) => partOf(files.get(ArchiveFilename.parse(filename)), range),
    list: async () => [...files.keys()],
    async stat(filename) {
      const found = files.get(ArchiveFilename.parse(filename));
      return found ? { size: found.length } : null;
    },
    async delete(filename) {
      files.delete(ArchiveFilename.parse(filename));
    },
    async sweep() {
      drafts.clear();
    },
    async space() {
      const used = [...files.values()].reduce((total, { length }) => total + length, 0);
      return { free: FREE - used, device: "memory" };
    },
  };
}

async function* partOf(content: Buffer | undefined, range?: ByteRange): AsyncGenerator<Uint8Array> {
  if (!content) throw backupFileMissing();
  yield content.subarray(range?.start ?? 0, range === undefined ? undefined : range.end + 1);
}
