import { createHash } from "node:crypto";
import { chownSync, mkdirSync, statfsSync } from "node:fs";
import path from "node:path";
import { archiveInvalid } from "@claw/core/backup/archive-invalid";
import type { Unlock } from "@claw/core/backup/backup";
import type { ManifestInstance } from "@claw/core/backup/manifest";
import { ROOTS } from "@claw/core/backup/member-tree";
import { DomainError } from "@claw/core/errors";
import type { UnpackReport } from "../../../archive-codec.ts";
import type { Owner } from "../../atomic-file.ts";
import type { Report } from "../../worker/task-progress.ts";
import { type OpenedArchive, openArchive } from "../read/open-archive.ts";
import { readExtent } from "../read/read-extent.ts";
import { readMember } from "../read/read-member.ts";
import { requireHash } from "../read/verify-archive.ts";
import { checkStagedConfig } from "./check-config.ts";
import { checkDatabases } from "./check-databases.ts";
import { flushFolder } from "./flush-folder.ts";
import { unpackInto } from "./unpack-target.ts";

export interface UnpackTask {
  file: string;
  /** The instance in the archive. */
  from: string;
  /** The folder to create. */
  folder: string;
  owner: Owner | null;
  unlock?: Unlock | undefined;
}

/** Unpacks, verifies, checks and flushes one instance; see `ArchiveCodec.unpack`. */
export async function unpackInstance(task: UnpackTask, report: Report): Promise<UnpackReport> {
  using archive = openArchive(task.file);
  const promised = archive.manifest.instances.find(({ record }) => record.id === task.from);
  if (!promised)
    throw new DomainError(
      "INSTANCE_NOT_FOUND",
      `The backup holds no instance ${task.from}. Choose one that it holds.`,
    );
  requireStorable(promised);
  requireSpace(path.dirname(task.folder), promised);
  mkdirSync(task.folder, { mode: 0o755 });
  const problems = await unpack(archive, promised, { task, report });
  makeMissingRoots(task);
  flushFolder(task.folder, promised.files);
  const { record, bytes, files } = promised;
  return { record, bytes, files, problems };
}

async function unpack(
  { fd, manifest }: OpenedArchive,
  promised: ManifestInstance,
  { task, report }: { task: UnpackTask; report: Report },
): Promise<string[]> {
  const hash = createHash("sha256");
  const chunks = async function* () {
    for (const part of readExtent(fd, promised)) {
      hash.update(part);
      yield part;
    }
  };
  using target = unpackInto(task.folder, task.owner);
  const encrypted = manifest.encryption !== null;
  const source = { promised, chunks: chunks(), encrypted, unlock: task.unlock };
  await readMember(source, target, ({ bytes, files }) => report({ id: task.from, bytes, files }));
  requireHash(promised, hash);
  const problems = [
    ...checkStagedConfig(task.folder),
    ...checkDatabases(task.folder, target.databases),
  ];
  target.finish();
  return problems;
}

function requireStorable({ names, record }: ManifestInstance): void {
  if (names === "portable" || process.platform !== "win32") return;
  throw archiveInvalid(
    `${record.id} has files with names that Windows cannot store, so it can only be restored on Linux`,
  );
}

function requireSpace(folder: string, { bytes, allocated, record }: ManifestInstance): void {
  const needed = allocated ?? bytes;
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= needed) return;
  const gigabytes = (needed / 1e9).toFixed(1);
  throw new DomainError(
    "DISK_FULL",
    `The disk has no room for ${record.id}, which needs ${gigabytes} GB. Free some space and try again.`,
  );
}

function makeMissingRoots({ folder, owner }: UnpackTask): void {
  for (const root of ROOTS) {
    const made = mkdirSync(path.join(folder, root), { recursive: true, mode: 0o700 });
    if (made !== undefined && owner) chownSync(made, owner.uid, owner.gid);
  }
}
