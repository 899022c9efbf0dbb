import type { LeftOut } from "@claw/core/backup/instance-record";
import type { InstanceId } from "@claw/core/instance";
import type { StorageHandle } from "@claw/core/workload";
import type { DiskSpace } from "./disk-space.ts";

/**
 * The folders of instances, with their copies, staged folders and snapshots on the same disk. A
 * copy, a staged folder and a snapshot have names that the panel chooses; no path leaves the
 * storage. Never follows a link planted by an instance or an archive, and never blocks the event
 * loop. Rejects with FILES_DENIED (with the path and what to do) when the system refuses, DISK_FULL
 * without free space; when `signal` aborts, with CANCELLED, and leaves nothing behind.
 */
export interface InstanceStorage
  extends InstanceFolders,
    InstanceConfigs,
    InstanceCopies,
    StagedFolders,
    Snapshots {
  /** Removes copies, staged folders and snapshots that a crash left, except the named ones. */
  sweep(needed: { staged: readonly string[]; kept: readonly string[] }): Promise<void>;
  space(): Promise<DiskSpace>;
}

export interface InstanceFolders {
  /** True when anything exists in the place of an instance's folder. */
  hasInstance(id: InstanceId): Promise<boolean>;
  /** Creates an instance's folders, owned by its container's user. Keeps existing content. */
  createInstance(id: InstanceId): Promise<void>;
  /**
   * Removes an instance's folders with their content; no-op when there are none. Rejects with
   * FILES_DENIED while something cannot be removed; call it again to continue.
   */
  removeInstance(id: InstanceId): Promise<void>;
  /** Ids of all instance folders that exist. */
  listInstances(): Promise<InstanceId[]>;
  /** Gives the folders to the container's user after Docker created them as root. */
  ownFolders(id: InstanceId): Promise<void>;
  /**
   * Identifies an instance's data folder among all that were ever in its place; null when there is
   * none.
   */
  dataFolder(id: InstanceId): Promise<string | null>;
  /** Runs `look` while a file exists in the data folder, and passes its name. */
  withMark<T>(id: InstanceId, look: (name: string) => Promise<T>): Promise<T | "no folder">;
}

/** openclaw.json of an instance. Writes are atomic. */
export interface InstanceConfigs {
  /** Its text, or null when there is none. Rejects with CONFIG_INVALID if not UTF-8. */
  readConfig(id: InstanceId): Promise<string | null>;
  writeConfig(id: InstanceId, text: string): Promise<void>;
  /** True when it exists, whatever its kind. */
  hasConfig(id: InstanceId): Promise<boolean>;
  /** Reports possible changes of it, or of OpenClaw's copies beside it, until `signal` aborts. */
  configChanges(id: InstanceId, signal: AbortSignal): AsyncIterable<void>;
}

export interface InstanceCopies {
  /** Size of an instance's folders without what a backup leaves out. */
  measure(id: InstanceId, signal: AbortSignal): Promise<FolderSize>;
  /**
   * Copies the folders of a stopped instance, without `cache/` and `tmp/` of its data. Copies links
   * that stay inside as links; leaves out and counts what a backup cannot hold. Rejects with
   * FILES_DENIED, which names the file, when one cannot be read. Leaves out a file that vanishes
   * meanwhile and cuts one that grows; counts both. Replaces an older copy of the same name.
   */
  copyOut(id: InstanceId, copy: string, options: TransferOptions): Promise<CopyReport>;
  /** No-op when there is none. */
  dropCopy(id: InstanceId, copy: string): Promise<void>;
}

/** Data that is to replace an instance's: unpacked by the codec, or a snapshot once more. */
export interface StagedFolders {
  /** Its openclaw.json, or null; and replaces it. */
  readStagedConfig(staged: string): Promise<string | null>;
  writeStagedConfig(staged: string, text: string): Promise<void>;
  /** The handle for the engine's mount. */
  stagedHandle(staged: string): Promise<StorageHandle>;
  /** No-op when there is none. */
  dropStaged(staged: string): Promise<void>;
  /**
   * Replaces an instance's folder with the staged one, and keeps the replaced folder as the
   * snapshot `kept`. Durable when it resolves; repeatable after a crash.
   */
  swapIn(id: InstanceId, staged: string, kept: string): Promise<void>;
  /**
   * Undoes `swapIn` from any step: the instance has its former folder (none when it had none), and
   * neither `staged` nor `kept` remains. Repeatable.
   */
  swapBack(id: InstanceId, staged: string, kept: string, options?: SwapBackOptions): Promise<void>;
}

/** Folders that a swap replaced. */
export interface Snapshots {
  /** Makes a snapshot a staged folder, to swap it in again. Durable; repeatable after a crash. */
  stageSnapshot(kept: string, staged: string): Promise<void>;
  /** Its bytes, or null when there is none. */
  snapshotSize(kept: string): Promise<number | null>;
  /** No-op when there is none. */
  dropSnapshot(kept: string): Promise<void>;
}

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

export interface SwapBackOptions {
  /** The staged folder came from `stageSnapshot`: make it this snapshot again. */
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
