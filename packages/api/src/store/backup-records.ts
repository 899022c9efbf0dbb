import type { Backup } from "@claw/core/backup/backup";

/** The panel's records of its backups; each stands for a file that was found complete. */
export interface BackupRecords {
  /** Newest first. */
  listBackups(): Promise<Backup[]>;
  findBackup(id: string): Promise<Backup | null>;
  /** Inserts or replaces. */
  saveBackup(backup: Backup): Promise<void>;
  /** No-op when there is none. */
  deleteBackup(id: string): Promise<void>;
}
