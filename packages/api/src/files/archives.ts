import type { BackedUpInstance, Encryption, Unlock } from "@claw/core/backup/backup";
import type { InstanceRecord, LeftOut } from "@claw/core/backup/instance-record";
import type { InstanceId } from "@claw/core/instance";
import type { DiskSpace, Draft } from "./backup-repository.ts";

/**
 * Backup archives, and the instance folders that go into and come out of them. Never follows a link
 * planted by an instance or an archive, and never blocks the event loop: workers do the work. When
 * `signal` aborts, a call rejects with CANCELLED and leaves nothing behind. Rejects with DISK_FULL
 * and FILES_DENIED as `Files` does, and with ARCHIVE_INVALID, with a sentence on the fault, for an
 * untrustworthy archive.
 *
 * Its own folders lie beside the instances, on the same disk: `.copy-…`, `.staged-…`, `.kept-…`.
 * None of them is an instance; `sweep` removes what a crash left.
 */
export interface Archives {
  /**
   * Copies the folders of a stopped instance, without `cache/` and `tmp/` of its data. Copies links
   * that stay inside as links; leaves out and counts what a backup cannot hold. Rejects with
   * FILES_DENIED, which names the file, when one cannot be read. Leaves out a file that vanishes
   * meanwhile and cuts one that grows; counts both. Replaces an older copy of the same name.
   */
  copyInstance(id: InstanceId, copy: string, options: TransferOptions): Promise<CopyReport>;
  dropCopy(id: InstanceId, copy: string): Promise<void>;

  /**
   * Packs copies into a draft, which nothing was written to, and flushes it. Resolves with the key
   * to an encrypted one, for reading it back.
   */
  pack(request: ArchiveRequest, draft: Draft, options: ArchiveOptions): Promise<Unlock | null>;
  /** Reads and checks everything but the instances' files; skips the hash of the whole archive. */
  inspect(filename: string): Promise<ArchiveContent>;
  /**
   * Checks every byte of a file or a draft against its checksum. Without `unlock`, checks the
   * ciphertext of an encrypted archive, and `opened` is false.
   */
  verify(file: string | Draft, options: VerifyOptions): Promise<VerifyReport>;

  /**
   * Unpacks one instance of an archive beside the live ones, verified against the manifest and
   * owned by the container's user; then checks its configuration's syntax and every SQLite
   * database, and deletes the gateway's owner lease. Reads no other instance of the archive.
   */
  stage(request: StageRequest, options: TransferOptions): Promise<StageReport>;
  dropStaged(staged: string): Promise<void>;
  /** Reads the staged openclaw.json, or null; and replaces it. */
  readStagedConfig(staged: string): Promise<string | null>;
  writeStagedConfig(staged: string, text: string): Promise<void>;

  /**
   * Replaces an instance's folder with the staged one by renaming, and keeps the replaced folder as
   * `kept`. Durable when it resolves; repeatable after a crash.
   */
  swapIn(id: InstanceId, staged: string, kept: string): Promise<void>;
  /**
   * Undoes `swapIn` from any step: the instance has its former folder (none when it had none), and
   * neither `staged` nor `kept` remains. Repeatable.
   */
  swapBack(id: InstanceId, staged: string, kept: string, options?: SwapBackOptions): Promise<void>;
  /**
   * Makes a kept folder a staged one by renaming, to swap it in again. Durable when it resolves;
   * repeatable after a crash.
   */
  stageSnapshot(kept: string, staged: string): Promise<void>;
  /** Bytes of a kept folder, or null when there is none. */
  snapshotSize(kept: string): Promise<number | null>;
  dropSnapshot(kept: string): Promise<void>;

  /** Removes copies, staged folders and snapshots, except the named ones. */
  sweep(needed: { staged: readonly string[]; kept: readonly string[] }): Promise<void>;
  space(): Promise<DiskSpace>;
  /** Size of an instance's folders without what a backup leaves out. */
  measure(id: InstanceId, signal: AbortSignal): Promise<FolderSize>;
}

/** Path of a staged folder in the home, for a restore test's container. */
export const stagedFolder = (staged: string): string => `instances/.staged-${staged}`;

export interface FolderSize {
  /** Apparent size. */
  bytes: number;
  /** Size on disk: smaller with holes, larger with many small files. */
  allocated: number;
  files: number;
}

export interface TransferOptions {
  signal: AbortSignal;
  /** Called a few times a second with the progress so far, and once at the end. */
  onProgress?: (done: { bytes: number; files: number }) => void;
}

export interface ArchiveOptions {
  signal: AbortSignal;
  /**
   * Called a few times a second. `id`: the current instance; `bytes` and `files` are its progress,
   * uncompressed. `read`: bytes read of the archive itself.
   */
  onProgress?: (done: {
    step: "packing" | "verifying";
    id: InstanceId | null;
    bytes: number;
    files: number;
    read?: number;
  }) => void;
}

export interface VerifyOptions extends ArchiveOptions {
  unlock?: Unlock;
}

export interface SwapBackOptions {
  /** The staged folder came from `stageSnapshot`: make it this kept folder again. */
  stagedTo?: string;
}

export interface CopyReport {
  bytes: number;
  files: number;
  folders: number;
  links: number;
  leftOut: LeftOut;
  /** Files that vanished or changed during the copy. */
  changed: number;
}

export interface ArchiveRequest {
  /** The copies, in packing order. */
  instances: { record: InstanceRecord; copy: string }[];
  createdAt: string;
  createdBy: string;
  note: string | null;
  panelVersion: string;
  encryption: Encryption | null;
}

export interface ArchiveContent {
  createdAt: string;
  createdBy: string;
  note: string | null;
  encryption: Encryption["kind"] | null;
  instances: (BackedUpInstance & { record: InstanceRecord })[];
  size: number;
}

export interface VerifiedContent extends ArchiveContent {
  /** Of the whole file, hexadecimal. */
  sha256: string;
}

export interface ArchiveFile extends VerifiedContent {
  filename: string;
}

export interface VerifyReport extends VerifiedContent {
  /** Every file was compared with the manifest. */
  opened: boolean;
}

export interface StageRequest {
  filename: string;
  /** The instance in the archive. */
  from: InstanceId;
  /** Name of the staged folder. */
  staged: string;
  unlock?: Unlock;
}

export interface StageReport {
  record: InstanceRecord;
  bytes: number;
  files: number;
  /** The faults found, as sentences; empty when the data can be trusted. */
  problems: string[];
}
