import { z } from "zod";
import { messageOf } from "../errors.ts";
import { archiveInvalid, archiveTooNew } from "./archive-invalid.ts";
import { InstanceRecord } from "./instance-record.ts";
import { BLOCK, padded } from "./seal.ts";

const FORMAT = "clawmultideploy-backup";
/** The newest format that this panel reads and writes. */
const VERSION = 2;

export const MANIFEST_MAX_SIZE = 64 * 1024 ** 2;
/** Files, folders and links of all instances together. */
const ENTRIES_MAX = 2_000_000;
/** The greatest possible ratio of zstd; a manifest that claims more lies. */
const EXPANSION_MAX = 40_000;

const Bytes = z.int().min(0);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const ManifestInstance = z.object({
  record: InstanceRecord,
  /** Name of its member in the outer tar. */
  member: z.string().max(100),
  /** Offset of the member's content in the file, its size in bytes and its checksum. */
  offset: Bytes,
  size: Bytes,
  sha256: Sha256,
  /** Bytes of the inner tar. */
  tarSize: Bytes,
  /** Total bytes of its files, and the numbers of files and folders. */
  bytes: Bytes,
  files: Bytes,
  folders: Bytes,
  /** Bytes on disk; fewer than above when files have holes. Missing in backups of older panels. */
  allocated: Bytes.exactOptional(),
  /** Number of links. Missing in format 1, which has none. */
  links: Bytes.exactOptional(),
  names: z.enum(["portable", "posix"]),
});
export type ManifestInstance = z.infer<typeof ManifestInstance>;

const Manifest = z.object({
  format: z.literal(FORMAT),
  version: z.union([z.literal(1), z.literal(2)]),
  createdAt: z.iso.datetime(),
  createdBy: z.string().max(200),
  note: z.string().max(500).nullable(),
  panelVersion: z.string().max(100),
  encryption: z.enum(["passphrase", "recipients"]).nullable(),
  instances: z.array(ManifestInstance).max(1_000),
});
export type Manifest = z.infer<typeof Manifest>;

export type ManifestFacts = Omit<Manifest, "format">;

export function encodeManifest(facts: ManifestFacts): string {
  return `${JSON.stringify({ format: FORMAT, ...facts }, null, 1)}\n`;
}

/** The name of an instance's member in the outer tar. */
export function memberName(id: string, encrypted: boolean): string {
  return `instances/${id}.tar.zst${encrypted ? ".age" : ""}`;
}

/**
 * Reads a manifest at `manifestOffset` of its file. Throws ARCHIVE_INVALID when it is malformed, of
 * a later format, or contradicts itself or the file.
 */
export function parseManifest(text: string, manifestOffset: number): Manifest {
  const manifest = parseShape(text);
  checkLayout(manifest, manifestOffset);
  return manifest;
}

const Head = z.object({ format: z.literal(FORMAT), version: z.int().min(1) });

function parseShape(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw archiveInvalid(`its manifest is not JSON (${messageOf(error)})`, { cause: error });
  }
  const head = Head.safeParse(value);
  if (!head.success) throw archiveInvalid("its manifest is not that of a backup");
  if (head.data.version > VERSION) throw archiveTooNew(head.data.version, VERSION);
  const manifest = Manifest.safeParse(value);
  if (manifest.success) return manifest.data;
  const [issue] = manifest.error.issues;
  throw archiveInvalid(`its manifest is wrong at ${issue?.path.join(".")}: ${issue?.message}`);
}

function checkLayout(manifest: Manifest, manifestOffset: number): void {
  const { instances, encryption, version } = manifest;
  const ids = new Set<string>();
  let free = BLOCK;
  let entries = 0;
  for (const one of instances) {
    const { id } = one.record;
    const lies = (what: string) => archiveInvalid(`its manifest ${what} (${id})`);
    if (ids.has(id)) throw lies("names an instance twice");
    ids.add(id);
    if (version === 1 && one.links !== undefined) throw lies("has links, which format 1 has not");
    if (one.member !== memberName(id, encryption !== null)) throw lies("names a wrong member");
    if (one.offset % BLOCK !== 0 || one.offset < free) throw lies("lets members overlap");
    free = one.offset + padded(one.size) + BLOCK;
    if (free > manifestOffset) throw lies("promises more bytes than the file has");
    if (one.tarSize > (one.size + BLOCK) * EXPANSION_MAX)
      throw lies("promises more than can have been packed");
    const members = one.files + one.folders + (one.links ?? 0);
    if (one.bytes + members * BLOCK > one.tarSize) throw lies("promises more than it holds");
    entries += members;
  }
  if (entries > ENTRIES_MAX) throw archiveInvalid("it promises too many files");
}
