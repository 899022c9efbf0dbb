import { createHash } from "node:crypto";
import { access, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Encryption, Unlock } from "@claw/core/backup/backup";
import { DomainError } from "@claw/core/errors";
import { parseJson5Object } from "@claw/core/json5-edit";
import type {
  ArchiveContent,
  ArchiveRequest,
  Archives,
  StageRequest,
} from "../../src/files/archives.ts";
import type { BackupRepository, Draft } from "../../src/files/backup-repository.ts";
import { type FolderContent, readFolder, writeFolder } from "./folder-content.ts";

/** Content of a file: a JSON text after its SHA-256. */
interface Packed extends Omit<ArchiveRequest, "instances" | "encryption"> {
  /** The kind, and for a passphrase its hash. */
  encryption: { kind: Encryption["kind"]; key: string } | null;
  instances: { record: ArchiveRequest["instances"][number]["record"]; content: FolderContent }[];
}

const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest("hex");
const NOTHING = "nothing was here";

/**
 * Archives for tests of their callers: real folders beside the instances, small JSON files instead
 * of the real format, all in this thread. Keeps the contract of `Archives` across restarts of a
 * panel, as everything lies in the home.
 */
export function openMemoryArchives(home: string, repository: BackupRepository): Archives {
  const instances = path.join(home, "instances");
  const live = (id: string) => path.join(instances, id);
  const copyOf = (id: string, copy: string) => path.join(instances, `.copy-${copy}-${id}`);
  const stagedAt = (staged: string) => path.join(instances, `.staged-${staged}`);
  const keptAt = (kept: string) => path.join(instances, `.kept-${kept}`);
  const drop = (folder: string) => rm(folder, { recursive: true, force: true });

  async function load(file: string | Draft): Promise<{ packed: Packed; text: string }> {
    const name = typeof file === "string" ? file : "draft";
    const parts: Uint8Array[] = [];
    for await (const part of typeof file === "string" ? repository.get(file) : file.read())
      parts.push(part);
    const text = Buffer.concat(parts).toString();
    const body = text.slice(65);
    if (text.slice(0, 64) !== sha256(body))
      throw new DomainError("ARCHIVE_INVALID", `The file ${name} is damaged.`);
    return { packed: JSON.parse(body) as Packed, text };
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
    async copyInstance(id, copy, { signal, onProgress }) {
      await drop(copyOf(id, copy));
      throwIfAborted(signal);
      const content = await readFolder(live(id));
      await writeFolder(copyOf(id, copy), content);
      if (signal.aborted) await drop(copyOf(id, copy));
      throwIfAborted(signal);
      const { bytes, leftOut } = content;
      const [files, folders] = [content.files.length, content.folders.length];
      onProgress?.({ bytes, files });
      return { bytes, files, folders, links: 0, leftOut, changed: 0 };
    },
    dropCopy: (id, copy) => drop(copyOf(id, copy)),

    async pack({ instances: copies, encryption, ...rest }, draft, { signal, onProgress }) {
      const packed: Packed = {
        ...rest,
        encryption: encryption && { kind: encryption.kind, key: keyOf(encryption) },
        instances: [],
      };
      for (const { record, copy } of copies) {
        throwIfAborted(signal);
        const content = await readFolder(copyOf(record.id, copy));
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

    async stage({ filename, from, staged, unlock }: StageRequest, { signal, onProgress }) {
      throwIfAborted(signal);
      const { packed } = await load(filename);
      requireKey(packed, unlock);
      const found = packed.instances.find(({ record }) => record.id === from);
      if (!found) throw new DomainError("ARCHIVE_INVALID", `${filename} does not hold ${from}.`);
      await drop(stagedAt(staged));
      await writeFolder(stagedAt(staged), found.content);
      const { bytes, files } = found.content;
      onProgress?.({ bytes, files: files.length });
      const problems = problemsOf(await this.readStagedConfig(staged));
      return { record: found.record, bytes, files: files.length, problems };
    },
    dropStaged: (staged) => drop(stagedAt(staged)),
    readStagedConfig: (staged) =>
      readFile(path.join(stagedAt(staged), "data/openclaw.json"), "utf8").catch(() => null),
    async writeStagedConfig(staged, text) {
      await writeFile(path.join(stagedAt(staged), "data/openclaw.json"), text, { mode: 0o600 });
    },

    async swapIn(id, staged, kept) {
      if (!(await exists(stagedAt(staged)))) return;
      if (!(await exists(keptAt(kept)))) {
        if (await exists(live(id))) await rename(live(id), keptAt(kept));
        else await writeFile(keptAt(kept), NOTHING);
      }
      await rename(stagedAt(staged), live(id));
    },
    async swapBack(id, staged, kept, options) {
      if (await exists(keptAt(kept))) {
        if ((await exists(live(id))) && !(await exists(stagedAt(staged))))
          await rename(live(id), stagedAt(staged));
        if ((await stat(keptAt(kept))).isDirectory()) await rename(keptAt(kept), live(id));
        else await rm(keptAt(kept));
      }
      if (options?.stagedTo !== undefined && (await exists(stagedAt(staged))))
        await rename(stagedAt(staged), keptAt(options.stagedTo));
      await drop(stagedAt(staged));
    },
    async stageSnapshot(kept, staged) {
      if (await exists(keptAt(kept))) await rename(keptAt(kept), stagedAt(staged));
    },
    async snapshotSize(kept) {
      const found = await stat(keptAt(kept)).catch(() => null);
      return found?.isDirectory() ? (await readFolder(keptAt(kept))).bytes : null;
    },
    dropSnapshot: (kept) => drop(keptAt(kept)),

    async sweep(needed) {
      const spared = new Set([
        ...needed.staged.map((name) => `.staged-${name}`),
        ...needed.kept.map((name) => `.kept-${name}`),
      ]);
      for (const name of await readdir(instances).catch(() => []))
        if (/^\.(copy|staged|kept)-/.test(name) && !spared.has(name)) await drop(live(name));
    },
    space: async () => ({ free: 10 ** 12, device: "memory" }),
    async measure(id, signal) {
      throwIfAborted(signal);
      const { bytes, files } = await readFolder(live(id));
      return { bytes, allocated: bytes, files: files.length };
    },
  };
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new DomainError("CANCELLED", "It was given up.");
}

/** Any identity opens what is encrypted to recipients. */
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

function exists(target: string): Promise<boolean> {
  return access(target).then(
    () => true,
    () => false,
  );
}
