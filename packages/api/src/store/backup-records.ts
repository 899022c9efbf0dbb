import type { Backup } from "@claw/core/backup/backup";

/** What the panel knows of its backups; a record stands for a file that was found whole. */
export interface BackupRecords {
  /** Newest first. */
  listBackups(): Promise<Backup[]>;
  findBackup(id: string): Promise<Backup | null>;
  /** Inserts or replaces. */
  saveBackup(backup: Backup): Promise<void>;
  /** No-op when there is none. */
  deleteBackup(id: string): Promise<void>;
}
