import { createMemo } from "solid-js";
import { useLive } from "../live/live-context.tsx";
import { now } from "../ui/now.ts";
import { useBackupFeed } from "./backup-context.ts";
import { createPolicy } from "./create-policy.ts";

const OLD_MS = 7 * 24 * 60 * 60 * 1000;

export type BackupConcern = "failed" | "partial" | "old" | "none";

/**
 * Required actions about backups: the schedule failed, even in part, or the newest backup is old.
 */
export function createBackupAttention() {
  const live = useLive();
  const feed = useBackupFeed();
  const policy = createPolicy();
  return createMemo((): BackupConcern | undefined => {
    if (live.instances.list().length === 0) return undefined;
    const last = policy.data()?.policy.enabled ? policy.data()?.lastRun?.status : undefined;
    if (last === "failed" || last === "partial") return last;
    if (!feed.loaded()) return undefined;
    const newest = feed.list().find((backup) => backup.fault === null);
    if (!newest) return "none";
    return now() - Date.parse(newest.createdAt) > OLD_MS ? "old" : undefined;
  });
}
