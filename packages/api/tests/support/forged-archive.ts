import { createHash } from "node:crypto";
import { zstdCompressSync } from "node:zlib";
import type { InstanceRecord } from "@claw/core/backup/instance-record";
import { BLOCK, END_SIZE, encodeSeal, padded, SEAL_SIZE, sealHead } from "@claw/core/backup/seal";
import { Header } from "tar/header";
import { recordOf } from "./archive-place.ts";

/** A member of an inner tar, honest or not. */
export interface ForgedMember {
  path: string;
  content?: string | Uint8Array;
  /** Type flag of tar; by default a folder when the path ends in `/`, else a file. */
  type?: string;
  linkpath?: string;
  mode?: number;
  /** The header's claim, whatever the content is. */
  size?: number;
  /** Changes the header block before its checksum is computed. */
  tamper?: (block: Buffer) => void;
  /** A pax header to put before it, unchanged. */
  pax?: string;
  /** Counted and listed as a link. */
  asLink?: boolean;
  /** Missing from the list of files. */
  unlisted?: boolean;
}

export interface Forgery {
  members: ForgedMember[];
  record?: InstanceRecord;
  /** Changes the manifest's record of the instance, or all of it. */
  instance?: (instance: Record<string, unknown>) => Record<string, unknown>;
  manifest?: (manifest: Record<string, unknown>) => unknown;
  /** Changes the lines of the list of files, the inner tar, the packed member, and the file. */
  lines?: (lines: string[]) => string[];
  tar?: (tar: Buffer) => Buffer;
  packed?: (packed: Buffer) => Buffer;
  file?: (file: Buffer) => Buffer;
}

/**
 * An archive that lies wherever a test wants, with a seal and checksums that match the lie: an
 * attack by someone who knows the format.
 */
export function forgeArchive(forgery: Forgery): Buffer {
  const record = forgery.record ?? recordOf("anna");
  const inner = innerTar(forgery, record);
  const tar = forgery.tar?.(inner.tar) ?? inner.tar;
  const zstd = zstdCompressSync(tar);
  const packed = forgery.packed?.(zstd) ?? zstd;
  const readme = entry({ path: "README.txt", content: "x" });
  const offset = readme.length + BLOCK;
  const honest = {
    record,
    member: "instances/anna.tar.zst",
    offset,
    size: packed.length,
    sha256: createHash("sha256").update(packed).digest("hex"),
    tarSize: tar.length,
    ...inner.totals,
    names: "portable",
  };
  const instance = forgery.instance?.(honest) ?? honest;
  const told = {
    format: "clawmultideploy-backup",
    version: 1,
    createdAt: "2026-11-22T08:15:00.000Z",
    createdBy: "panel",
    note: null,
    panelVersion: "0.1.0",
    encryption: null,
    instances: [instance],
  };
  const manifest = Buffer.from(JSON.stringify(forgery.manifest?.(told) ?? told));
  const before = Buffer.concat([
    readme,
    entry({ path: "instances/anna.tar.zst", content: packed }),
  ]);
  const place = { manifestOffset: before.length + BLOCK, manifestSize: manifest.length };
  const head = Buffer.concat([
    before,
    entry({ path: "manifest.json", content: manifest }),
    header({ path: "seal.txt" }, SEAL_SIZE),
    Buffer.from(sealHead(place)),
  ]);
  const outside = [head.subarray(0, offset), head.subarray(offset + packed.length)];
  const seal = encodeSeal({ ...place, sha256: sha256(Buffer.concat(outside)) });
  const file = Buffer.concat([
    head.subarray(0, head.length - sealHead(place).length),
    Buffer.from(seal),
    Buffer.alloc(END_SIZE),
  ]);
  return forgery.file?.(file) ?? file;
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

function innerTar(forgery: Forgery, record: InstanceRecord) {
  const totals: { bytes: number; files: number; folders: number; links?: number } = {
    ...{ bytes: 0, files: 0, folders: 0 },
  };
  const lines: string[] = [];
  for (const member of forgery.members) {
    if (member.unlisted) continue;
    const path = member.path.replace(/\/$/, "");
    const [mode, mtime] = [`0${(member.mode ?? 0o600).toString(8)}`, 0];
    const content = Buffer.from(member.content ?? "");
    if (member.asLink) {
      totals.links = (totals.links ?? 0) + 1;
      lines.push(JSON.stringify({ type: "link", path, target: member.linkpath, mtime }));
    } else if (member.path.endsWith("/")) {
      totals.folders += 1;
      lines.push(JSON.stringify({ type: "folder", path, mode, mtime }));
    } else {
      totals.files += 1;
      totals.bytes += content.length;
      const size = content.length;
      lines.push(
        JSON.stringify({ type: "file", path, size, mode, mtime, sha256: sha256(content) }),
      );
    }
  }
  const list = (forgery.lines?.(lines) ?? lines).map((line) => `${line}\n`).join("");
  const members: ForgedMember[] = [
    { path: "record.json", content: JSON.stringify(record) },
    { path: "docker-compose.yml", content: record.compose },
    ...forgery.members,
    { path: "files.jsonl", content: list },
  ];
  return { totals, tar: Buffer.concat([...members.map(entry), Buffer.alloc(END_SIZE)]) };
}

function entry(member: ForgedMember): Buffer {
  const content = Buffer.from(member.content ?? "");
  const filled = Buffer.alloc(padded(content.length));
  content.copy(filled);
  const pax =
    member.pax === undefined ? [] : [entry({ path: "pax", type: "x", content: member.pax })];
  return Buffer.concat([...pax, header(member, member.size ?? content.length), filled]);
}

function header(member: ForgedMember, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  new Header({
    path: member.path,
    mode: member.mode ?? 0o600,
    uid: 0,
    gid: 0,
    size: Math.max(0, size),
    mtime: new Date(0),
    type: member.path.endsWith("/") ? "Directory" : "File",
    linkpath: member.linkpath ?? "",
  }).encode(block);
  if (member.type !== undefined) block.write(member.type, 156, "latin1");
  member.tamper?.(block);
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}
