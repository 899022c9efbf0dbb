import { closeSync, fsyncSync, openSync } from "node:fs";
import type { Encryption, Unlock } from "@claw/core/backup/backup";
import { structureHash } from "@claw/core/backup/codec/archive-structure";
import { compressTo } from "@claw/core/backup/codec/frames";
import { blockRest } from "@claw/core/backup/codec/tar-member";
import { wholeSeconds } from "@claw/core/backup/file-line";
import type { InstanceRecord } from "@claw/core/backup/instance-record";
import {
  encodeManifest,
  type ManifestFacts,
  type ManifestInstance,
  memberName,
} from "@claw/core/backup/manifest";
import { BLOCK, END_SIZE, encodeSeal, sealHead } from "@claw/core/backup/seal";
import type { Report } from "../../worker/task-progress.ts";
import { NODE_PLATFORM } from "../node-platform.ts";
import { readExtent } from "../read/read-extent.ts";
import { encryptTo, type OwnEncryption, prepareEncryption } from "./encrypt.ts";
import { type Flushing, flushMeanwhile } from "./flush-meanwhile.ts";
import { writeAt, writeFrom } from "./member-file.ts";
import { packInstance } from "./pack-instance.ts";
import { README } from "./readme.ts";
import { tarHeader } from "./tar-header.ts";
import { ZSTD_FRAMES } from "./zstd-frames.ts";

export interface PackTask {
  /** The file to write, which must not exist yet. */
  file: string;
  /** Path of a temporary file for the time of packing. */
  scratch: string;
  /** `copy`: the folder of the instance's copy. */
  instances: { record: InstanceRecord; copy: string }[];
  facts: Omit<ManifestFacts, "instances" | "encryption" | "version">;
  encryption: Encryption | null;
}

/** Writes an archive and flushes it. Resolves with its key, for reading it back. */
export async function packArchive(task: PackTask, report: Report): Promise<Unlock | null> {
  const fd = openSync(task.file, "wx+", 0o600);
  try {
    const encryption = task.encryption ? await prepareEncryption(task.encryption) : null;
    const flushing = flushMeanwhile(fd);
    await writeArchive(fd, { ...task, encryption, flushing }, report);
    await flushing.end();
    fsyncSync(fd);
    return encryption?.unlock ?? null;
  } finally {
    closeSync(fd);
  }
}

type Writing = Omit<PackTask, "encryption"> & {
  encryption: OwnEncryption | null;
  flushing: Flushing;
};

async function writeArchive(fd: number, task: Writing, report: Report): Promise<void> {
  const mtime = wholeSeconds(Date.parse(task.facts.createdAt));
  let end = 0;
  /** The lowest sufficient format, so that older panels can read it. */
  let version: ManifestFacts["version"] = 1;

  const header = (path: string, size: number) =>
    tarHeader({ path, kind: "file", size, mode: 0o600, mtime });

  /** Writes a member of known content; returns the content's offset. */
  function append(path: string, content: Buffer): number {
    const offset = end + BLOCK;
    const rest = Buffer.alloc(blockRest(content.length));
    writeAt(fd, Buffer.concat([header(path, content.length), content, rest]), end);
    end = offset + content.length + rest.length;
    return offset;
  }

  /** Writes the header after the content, whose size is known only then. */
  async function appendInstance(one: Writing["instances"][number]): Promise<ManifestInstance> {
    const { record } = one;
    const offset = end + BLOCK;
    const member = memberName(record.id, task.encryption !== null);
    const target = writeFrom(fd, offset, task.flushing);
    const out = compressTo(
      task.encryption ? await encryptTo(target, task.encryption) : target,
      ZSTD_FRAMES,
    );
    const {
      version: needed,
      links,
      ...packed
    } = await packInstance({ ...one, scratch: task.scratch }, out, (done) =>
      report({ id: record.id, ...pick(done) }),
    );
    await out.end();
    const { size, sha256 } = target.result();
    writeAt(fd, header(member, size), end);
    const rest = Buffer.alloc(blockRest(size));
    writeAt(fd, rest, offset + size);
    end = offset + size + rest.length;
    if (needed > version) version = needed;
    const withLinks = links > 0 ? { links } : {};
    return { record, member, offset, size, sha256, ...packed, ...withLinks };
  }

  append("README.txt", Buffer.from(README));
  const instances: ManifestInstance[] = [];
  for (const one of task.instances) instances.push(await appendInstance(one));
  const encryption = task.encryption?.encryption.kind ?? null;
  const manifest = Buffer.from(encodeManifest({ version, ...task.facts, encryption, instances }));
  const manifestOffset = append("manifest.json", manifest);
  const place = { manifestOffset, manifestSize: manifest.length };
  writeAt(fd, header("seal.txt", BLOCK), end);
  writeAt(fd, Buffer.from(sealHead(place)), end + BLOCK);
  const upTo = end + BLOCK + sealHead(place).length;
  const sha256 = structureHash(
    { read: (extent) => readExtent(fd, extent) },
    upTo,
    instances,
    NODE_PLATFORM,
  );
  writeAt(fd, Buffer.from(encodeSeal({ ...place, sha256 })), end + BLOCK);
  writeAt(fd, Buffer.alloc(END_SIZE), end + 2 * BLOCK);
}

const pick = ({ bytes, files }: { bytes: number; files: number }) => ({ bytes, files });
