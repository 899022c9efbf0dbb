import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import type { Encryption, Unlock } from "@claw/core/backup/backup";
import { DomainError } from "@claw/core/errors";
import { parseJson5Object } from "@claw/core/json5-edit";
import type { ArchiveCodec, ArchiveContent, ArchiveRequest } from "../archive-codec.ts";
import type { BackupRepository, Draft } from "../backup-repository.ts";
import { type FolderContent, readFolder, writeFolder } from "./folder-content.ts";
import { configOf, exists, memoryPlaces, throwIfAborted } from "./memory-places.ts";

/** Content of a file: a JSON text after its SHA-256. */
interface Packed extends Omit<ArchiveRequest, "instances" | "encryption"> {
  /** The kind, and for a passphrase its hash. */
  encryption: { kind: Encryption["kind"]; key: string } | null;
  instances: { record: ArchiveRequest["instances"][number]["record"]; content: FolderContent }[];
}

const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest("hex");

/**
 * Packs copies of the memory storage into small JSON files, in this thread. Works on any
 * repository.
 */
export function createMemoryCodec(home: string, repository: BackupRepository): ArchiveCodec {
  const places = memoryPlaces(home);

  async function load(file: string | Draft): Promise<{ packed: Packed; text: string }> {
    const name = typeof file === "string" ? file : "draft";
    const parts: Uint8Array[] = [];
    for await (const part of typeof file === "string" ? repository.get(file) : file.read())
      parts.push(part);
    const text = Buffer.concat(parts).toString();
    const body = text.slice(65);
    if (text.slice(0, 64) !== sha256(body))
      throw new DomainError("ARCHIVE_INVALID", `The file ${name} is damaged.`);
    const packed: Packed = JSON.parse(body);
    return { packed, text };
  }

  const contentOf = (packed: Packed, size: number): ArchiveContent => ({
    createdAt: packed.createdAt,
    createdBy: packed.createdBy,
    note: packed.note,
    encryption: packed.encryption?.kind ?? null,
    instances: packed.instances.map(({ record, content }) => ({
      id: record.id,
      name: record.name,
      bytes: content.bytes,
      files: content.files.length,
      record,
    })),
    size,
  });

  return {
    async pack({ instances: copies, encryption, ...rest }, draft, { signal, onProgress }) {
      const packed: Packed = {
        ...rest,
        encryption: encryption && { kind: encryption.kind, key: keyOf(encryption) },
        instances: [],
      };
      for (const { record, copy } of copies) {
        throwIfAborted(signal);
        const folder = places.copy(record.id, copy);
        if (!(await exists(folder)))
          throw new DomainError("FILES_DENIED", `There is no copy ${copy} of ${record.id}.`);
        const content = await readFolder(folder);
        packed.instances.push({ record, content });
        const { bytes } = content;
        onProgress?.({ step: "packing", id: record.id, bytes, files: content.files.length });
      }
      throwIfAborted(signal);
      const body = JSON.stringify(packed);
      await draft.write(
        (async function* () {
          yield Buffer.from(`${sha256(body)}\n${body}`);
        })(),
      );
      if (encryption === null) return null;
      return { passphrase: encryption.kind === "passphrase" ? encryption.passphrase : "" };
    },

    async inspect(filename) {
      const { packed, text } = await load(filename);
      return contentOf(packed, Buffer.byteLength(text));
    },
    async verify(file, { signal, onProgress, unlock }) {
      throwIfAborted(signal);
      const { packed, text } = await load(file);
      if (unlock) requireKey(packed, unlock);
      const read = Buffer.byteLength(text);
      for (const { record, content } of packed.instances) {
        const [bytes, files] = [content.bytes, content.files.length];
        onProgress?.({ step: "verifying", id: record.id, bytes, files, read });
      }
      const opened = packed.encryption === null || unlock !== undefined;
      return { ...contentOf(packed, read), sha256: sha256(text), opened };
    },

    async unpack({ filename, from, staged, unlock }, { signal, onProgress }) {
      throwIfAborted(signal);
      const { packed } = await load(filename);
      requireKey(packed, unlock);
      const found = packed.instances.find(({ record }) => record.id === from);
      if (!found) throw new DomainError("INSTANCE_NOT_FOUND", `${filename} does not hold ${from}.`);
      const folder = places.staged(staged);
      await rm(folder, { recursive: true, force: true });
      await writeFolder(folder, found.content);
      const { bytes, files } = found.content;
      onProgress?.({ bytes, files: files.length });
      const config = await readFile(configOf(folder), "utf8").catch(() => null);
      return { record: found.record, bytes, files: files.length, problems: problemsOf(config) };
    },
  };
}

/** Any identity opens an archive encrypted to recipients. */
const keyOf = (key: Encryption | Unlock): string =>
  sha256("passphrase" in key ? key.passphrase : "");

function requireKey({ encryption }: Packed, unlock: Unlock | undefined): void {
  if (encryption === null || (unlock && keyOf(unlock) === encryption.key)) return;
  throw new DomainError("ARCHIVE_LOCKED", "This does not open the backup.");
}

function problemsOf(config: string | null): string[] {
  if (config === null) return ["openclaw.json is missing."];
  try {
    parseJson5Object(config);
    return [];
  } catch {
    return ["openclaw.json is not valid."];
  }
}
