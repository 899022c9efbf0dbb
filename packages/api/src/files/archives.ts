import type { BackedUpInstance, Encryption, Unlock } from "@claw/core/backup/backup";
import type { InstanceRecord, LeftOut } from "@claw/core/backup/instance-record";
import type { InstanceId } from "@claw/core/instance";

/**
 * Backup archives, and the instance folders that go into and come out of them. Nothing here
 * follows a link that an instance or an archive planted, and nothing blocks the panel's event
 * loop: the work is done beside it. A `signal` that aborts rejects with CANCELLED and leaves
 * nothing behind. Rejects with DISK_FULL, FILES_DENIED as `Files` does, and with
 * ARCHIVE_INVALID (and a sentence that says what is wrong) for an archive that cannot be trusted.
 *
 * Folders of its own lie beside the instances, on the same disk: `.copy-…`, `.staged-…`, `.kept-…`.
 * None of them is an instance, and what a crash left is removed by `sweep`.
 */
export interface Archives {
  /**
   * Copies the folders of an instance that does not run, without `cache/` and `tmp/` of its data.
   * Links that stay inside are copied as links; what cannot be in a backup is left out and counted.
   * Rejects with FILES_DENIED, which names the file, when one cannot be read. A file that vanishes meanwhile is left out, one that grows is
   * taken as far as it came; both are counted. Replaces an older copy of the same name.
   */
  copyInstance(id: InstanceId, copy: string, options: TransferOptions): Promise<CopyReport>;
  dropCopy(id: InstanceId, copy: string): Promise<void>;

  /**
   * Packs copies into one file: written beside its name with mode 0600, flushed, read back and
   * verified, and only then renamed. Rejects with FILES_DENIED when the name exists.
   */
  write(request: ArchiveRequest, options: ArchiveOptions): Promise<ArchiveFile>;

  /** Names of the files in the backup folder that could be archives, in any order. */
  list(): Promise<string[]>;
  /** Reads and checks all but the instances' files themselves; not the whole archive's hash. */
  inspect(filename: string): Promise<ArchiveContent>;
  /**
   * Reads every byte against its checksum. Without `unlock` an encrypted archive's bytes are
   * checked as they are, and `opened` is false.
   */
  verify(filename: string, options: ArchiveOptions & { unlock?: Unlock }): Promise<VerifyReport>;
  /** No-op when there is none. */
  remove(filename: string): Promise<void>;

  /**
   * Unpacks one instance of an archive beside the live ones, verified against the manifest, owned
   * by whom the container runs as; then checks its configuration's syntax and every SQLite
   * database, and deletes the gateway's owner lease. Reads no other instance of the archive.
   */
  stage(request: StageRequest, options: TransferOptions): Promise<StageReport>;
  dropStaged(staged: string): Promise<void>;
  /** Text of the staged openclaw.json, or null; and its replacement. */
  readStagedConfig(staged: string): Promise<string | null>;
  writeStagedConfig(staged: string, text: string): Promise<void>;

  /**
   * Puts what is staged in the place of an instance's folder by renaming, and keeps the folder
   * that was there as `kept`. Durable when it resolves. Can be repeated after a crash.
   */
  swapIn(id: InstanceId, staged: string, kept: string): Promise<void>;
  /**
   * Undoes `swapIn`, wherever it was cut short: the instance has its folder of before (none when
   * it had none), and neither `staged` nor `kept` is left. Can be repeated.
   */
  swapBack(id: InstanceId, staged: string, kept: string, options?: SwapBackOptions): Promise<void>;
  /**
   * Makes a kept folder a staged one by renaming, so that it can be swapped in again. Durable when
   * it resolves. Can be repeated after a crash.
   */
  stageSnapshot(kept: string, staged: string): Promise<void>;
  /** Bytes of a kept folder, or null when there is none. */
  snapshotSize(kept: string): Promise<number | null>;
  dropSnapshot(kept: string): Promise<void>;

  /** Takes a file in as it comes; verified before it gets its name. Rejects when it is not ours. */
  receive(body: AsyncIterable<Uint8Array>, options: ArchiveOptions): Promise<ArchiveFile>;
  /** Bytes `start` to `end` (inclusive) of an archive. */
  read(filename: string, range?: { start: number; end: number }): AsyncIterable<Uint8Array>;
  /** Bytes of an archive; null when there is none. */
  size(filename: string): Promise<number | null>;

  /** Removes copies, staged folders and half-written archives, but for what is named. */
  sweep(needed: { staged: readonly string[]; kept: readonly string[] }): Promise<void>;
  /** Free bytes where the backups and where the instances lie, and whether that is one disk. */
  space(): Promise<ArchiveSpace>;
  /** Size of an instance's folders without what a backup leaves out. */
  measure(id: InstanceId, signal: AbortSignal): Promise<FolderSize>;
}

export interface ArchiveSpace {
  backups: { free: number };
  instances: { free: number };
  /** What one of them takes, the other has no more. */
  isOneDisk: boolean;
}

/** Where a staged folder lies in the home, for a container that is tried out on it. */
export const stagedFolder = (staged: string): string => `instances/.staged-${staged}`;

export interface FolderSize {
  /** As the files say. */
  bytes: number;
  /** That they take on the disk: less with holes in them, more when there are many small ones. */
  allocated: number;
  files: number;
}

export interface TransferOptions {
  signal: AbortSignal;
  /** Called some times a second with what has been done so far, and once at the end. */
  onProgress?: (done: { bytes: number; files: number }) => void;
}

export interface ArchiveOptions {
  signal: AbortSignal;
  /**
   * Called some times a second. `id`: the instance that is being worked on; `bytes` and `files`
   * are of this instance so far, as they were before packing. `receiving` has no instance, and
   * counts the bytes that came. `read`: bytes of the archive itself, where it is read.
   */
  onProgress?: (done: {
    step: "packing" | "verifying" | "receiving";
    id: InstanceId | null;
    bytes: number;
    files: number;
    read?: number;
  }) => void;
}

export interface SwapBackOptions {
  /** What had been staged came from `stageSnapshot`: it becomes this kept folder again, and is not lost. */
  stagedTo?: string;
}

export interface CopyReport {
  bytes: number;
  files: number;
  folders: number;
  links: number;
  leftOut: LeftOut;
  /** Files that vanished or changed while they were copied. */
  changed: number;
}

export interface ArchiveRequest {
  filename: string;
  /** The copies, in the order in which they are packed. */
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

export interface ArchiveFile extends ArchiveContent {
  filename: string;
  /** Of the whole file, hexadecimal. */
  sha256: string;
}

export interface VerifyReport extends ArchiveContent {
  sha256: string;
  /** Every single file was compared with the manifest. */
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
  /** What the checks found, as sentences; empty when the data can be trusted. */
  problems: string[];
}
