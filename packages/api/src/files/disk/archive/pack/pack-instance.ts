import { createHash, type Hash } from "node:crypto";
import { constants, fstatSync, lstatSync, openSync, readlinkSync, readSync } from "node:fs";
import type { FrameWriter } from "@claw/core/backup/codec/frames";
import { packedMode } from "@claw/core/backup/codec/modes";
import { blockRest } from "@claw/core/backup/codec/tar-member";
import { encodeFileLine, modeText, wholeSeconds } from "@claw/core/backup/file-line";
import type { InstanceRecord } from "@claw/core/backup/instance-record";
import type { ManifestInstance } from "@claw/core/backup/manifest";
import { followMembers } from "@claw/core/backup/member-tree";
import { END_SIZE } from "@claw/core/backup/seal";
import { backedUp } from "../../walk/backed-up.ts";
import { closing } from "../../walk/closing.ts";
import { NO_FOLLOW } from "../../walk/folder-cursor.ts";
import { allocatedSize } from "../../walk/sparse.ts";
import { spoolLines } from "./line-spool.ts";
import { tarHeader } from "./tar-header.ts";

const HAS_MODES = process.platform !== "win32";

export interface Packed
  extends Pick<ManifestInstance, "tarSize" | "bytes" | "files" | "folders" | "names"> {
  allocated: number;
  links: number;
  /** The lowest format version that can hold it. */
  version: 1 | 2;
}

export interface PackedInstance {
  record: InstanceRecord;
  /** Folder of its copy. */
  copy: string;
  /** Path of a temporary file for the time of packing. */
  scratch: string;
}

/** Writes an instance's inner tar: its record, compose file, files and their list. */
export async function packInstance(
  { record, copy, scratch }: PackedInstance,
  out: FrameWriter,
  report: (done: { bytes: number; files: number }) => void,
): Promise<Packed> {
  const tree = followMembers("either");
  const done = { bytes: 0, allocated: 0, files: 0, folders: 0, links: 0 };
  using lines = spoolLines(scratch);
  const takenAt = wholeSeconds(Date.parse(record.takenAt));

  await packText("record.json", `${JSON.stringify(record, null, 1)}\n`);
  await packText("docker-compose.yml", record.compose);
  for (const { at, name, kind } of backedUp(copy)) {
    if (kind === "other") continue;
    tree.add(name, kind);
    if (kind === "folder") await packFolder(at, name);
    else if (kind === "link") await packLink(at, name);
    else await packFile(at, name);
  }
  await packList();
  await out.write(Buffer.alloc(END_SIZE));
  const names = tree.unportable === null ? "portable" : "posix";
  return { tarSize: out.size, names, version: tree.version, ...done };

  async function packText(path: string, text: string): Promise<void> {
    const bytes = Buffer.from(text);
    const mode = 0o600;
    await out.write(tarHeader({ path, kind: "file", size: bytes.length, mode, mtime: takenAt }));
    await out.write(bytes);
    await out.write(Buffer.alloc(blockRest(bytes.length)));
  }

  async function packFolder(at: string, path: string): Promise<void> {
    const stat = lstatSync(at);
    const [mode, mtime] = [packedMode(stat.mode, "folder", HAS_MODES), wholeSeconds(stat.mtimeMs)];
    await out.write(tarHeader({ path, kind: "folder", size: 0, mode, mtime }));
    lines.add(encodeFileLine({ type: "folder", path, mode: modeText(mode), mtime }));
    done.folders += 1;
  }

  async function packLink(at: string, path: string): Promise<void> {
    const [mtime, target] = [wholeSeconds(lstatSync(at).mtimeMs), readlinkSync(at)];
    await out.write(tarHeader({ path, kind: "link", target, size: 0, mode: 0o777, mtime }));
    lines.add(encodeFileLine({ type: "link", path, target, mtime }));
    done.links += 1;
  }

  async function packFile(at: string, path: string): Promise<void> {
    const fd = openSync(at, constants.O_RDONLY | NO_FOLLOW);
    using _ = closing(fd);
    const stat = fstatSync(fd);
    const { size } = stat;
    const [mode, mtime] = [packedMode(stat.mode, "file", HAS_MODES), wholeSeconds(stat.mtimeMs)];
    await out.write(tarHeader({ path, kind: "file", size, mode, mtime }));
    const hash = createHash("sha256");
    await packContent(fd, size, hash);
    const sha256 = hash.digest("hex");
    lines.add(encodeFileLine({ type: "file", path, size, mode: modeText(mode), mtime, sha256 }));
    done.files += 1;
    done.allocated += allocatedSize(stat);
    report(done);
  }

  /** Reads directly into the next frame to compress. */
  async function packContent(fd: number, size: number, hash: Hash | null): Promise<void> {
    for (let from = 0; from < size; ) {
      const room = out.room();
      const read = readSync(fd, room, 0, Math.min(room.length, size - from), from);
      if (read === 0) throw new Error("a file that is being packed became shorter");
      hash?.update(room.subarray(0, read));
      from += read;
      if (hash) done.bytes += read;
      await out.filled(read);
      report(done);
    }
    const rest = blockRest(size);
    out.room().fill(0, 0, rest);
    await out.filled(rest);
  }

  async function packList(): Promise<void> {
    const { fd, size } = lines.flush();
    const path = "files.jsonl";
    await out.write(tarHeader({ path, kind: "file", size, mode: 0o600, mtime: takenAt }));
    await packContent(fd, size, null);
  }
}
