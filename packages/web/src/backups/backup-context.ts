import { createContext, onCleanup, useContext } from "solid-js";
import type { Backup, Snapshot } from "../api/client.ts";
import type { BackupFeed } from "./create-backup-feed.ts";
import type { Uploads } from "./create-uploads.ts";

/** What a restore put aside; when, where that is known. */
export type Replaced = Pick<Snapshot, "id" | "name"> & Partial<Pick<Snapshot, "createdAt">>;

interface BackupContextValue {
  feed: BackupFeed;
  uploads: Uploads;
  /** Asks for a new backup, of the instances in `preset` or else of all. */
  create: (preset?: readonly string[]) => void;
  /** Asks what is to be restored, and how; `preset` are the instances that are chosen first. */
  restore: (backup: Backup, preset?: readonly string[]) => void;
  /** Asks whether an instance shall be again what it was before a restore. */
  revert: (copy: Replaced) => void;
}

export const BackupContext = createContext<BackupContextValue>();

export function useBackups(): BackupContextValue {
  const backups = useContext(BackupContext);
  if (!backups) throw new Error("useBackups needs a <BackupProvider> above it.");
  return backups;
}

/** The feed, which is kept up to date as long as the caller exists. */
export function useBackupFeed(): BackupFeed {
  const { feed } = useBackups();
  onCleanup(feed.hold());
  return feed;
}
