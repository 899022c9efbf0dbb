import type { DiskSpace } from "./disk-space.ts";

/**
 * Finished backup files, by name. A file appears complete and under a name that no other file has,
 * or not at all; nobody reads one in the making. Rejects with DISK_FULL and FILES_DENIED as `Files`
 * does.
 */
export interface BackupRepository {
  /** Begins a file. Without `put`, disposing of the draft removes it. */
  draft(): Promise<Draft>;
  /**
   * Gives a draft its name, durably. False when the name is taken: never replaces a file. The draft
   * is used up when this resolves with true.
   */
  put(draft: Draft, filename: string): Promise<boolean>;
  /**
   * Bytes `start` to `end` (inclusive) of a file, or all. Throws BACKUP_NOT_FOUND when there is
   * none.
   */
  get(filename: string, range?: ByteRange): AsyncIterable<Uint8Array>;
  /** Names of possible backups, in any order. */
  list(): Promise<string[]>;
  /** Null when there is no such file. */
  stat(filename: string): Promise<{ size: number } | null>;
  /** No-op when there is none. */
  delete(filename: string): Promise<void>;
  /** Removes the drafts that a crash left. */
  sweep(): Promise<void>;
  space(): Promise<DiskSpace>;
}

/** A file in the making, readable by the panel's user only. */
export interface Draft extends AsyncDisposable {
  /** By which the repository and the codec of the same home know it. */
  readonly id: string;
  /** Writes the whole content and flushes it; once. */
  write(content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Its content so far. */
  read(): AsyncIterable<Uint8Array>;
}

export interface ByteRange {
  start: number;
  end: number;
}
