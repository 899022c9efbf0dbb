import { createContext, onCleanup, useContext } from "solid-js";
import type { Backup, Snapshot } from "../api/client.ts";
import type { BackupFeed } from "./create-backup-feed.ts";
import type { Uploads } from "./create-uploads.ts";

/** The snapshot of a restore, with its time where known. */
export type Replaced = Pick<Snapshot, "id" | "name"> & Partial<Pick<Snapshot, "createdAt">>;

interface BackupContextValue {
  feed: BackupFeed;
  uploads: Uploads;
  /** Opens the dialog for a new backup, of the instances in `preset` or of all. */
  create: (preset?: readonly string[]) => void;
  /** Opens the restore dialog; `preset` are the preselected instances. */
  restore: (backup: Backup, preset?: readonly string[]) => void;
  /** Asks whether to revert an instance to a snapshot. */
  revert: (copy: Replaced) => void;
}

export const BackupContext = createContext<BackupContextValue>();

export function useBackups(): BackupContextValue {
  const backups = useContext(BackupContext);
  if (!backups) throw new Error("useBackups needs a <BackupProvider> above it.");
  return backups;
}

/** The feed, kept up to date while its owner exists. */
export function useBackupFeed(): BackupFeed {
  const { feed } = useBackups();
  onCleanup(feed.hold());
  return feed;
}
