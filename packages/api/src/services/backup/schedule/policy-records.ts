import { BackupPolicy, DEFAULT_BACKUP_POLICY } from "@claw/core/backup/backup";
import { z } from "zod";
import type { Uses } from "../../../context.ts";

const POLICY = "backup.policy";
const DONE_UNTIL = "backup.schedule.doneUntil";
const LAST_RUN = "backup.schedule.lastRun";
const WAITING = "backup.schedule.waiting";

/** A backup that the schedule began or tried to begin. */
const ScheduledRun = z.object({
  /** ISO-8601 UTC. */
  at: z.string(),
  /** Null if it could not begin. */
  jobId: z.string().nullable(),
  /** Why it could not begin. */
  message: z.string().nullable(),
});
export type ScheduledRun = z.infer<typeof ScheduledRun>;

const Waiting = z.object({ why: z.string().nullable() });

type Records = Uses<"store" | "config">;

/** The stored policy, or the default, which is off. */
export async function readPolicy({ store, config }: Records): Promise<BackupPolicy> {
  const stored = BackupPolicy.safeParse(await store.readSetting(POLICY));
  return stored.success ? stored.data : { ...DEFAULT_BACKUP_POLICY, timezone: config.timezone };
}

export function writePolicy({ store }: Records, policy: BackupPolicy): Promise<void> {
  return store.saveSetting(POLICY, policy);
}

/** Runs up to this moment (milliseconds) are done or obsolete. */
export async function readDoneUntil({ store }: Records): Promise<number | null> {
  const stored = z.iso.datetime().safeParse(await store.readSetting(DONE_UNTIL));
  return stored.success ? Date.parse(stored.data) : null;
}

export function writeDoneUntil({ store }: Records, at: number): Promise<void> {
  return store.saveSetting(DONE_UNTIL, new Date(at).toISOString());
}

export async function readLastRun({ store }: Records): Promise<ScheduledRun | null> {
  return ScheduledRun.safeParse(await store.readSetting(LAST_RUN)).data ?? null;
}

export function writeLastRun({ store }: Records, run: ScheduledRun): Promise<void> {
  return store.saveSetting(LAST_RUN, run);
}

/** Why a due run has not begun yet; null if none is due. */
export async function readWaiting({ store }: Records): Promise<string | null> {
  return Waiting.safeParse(await store.readSetting(WAITING)).data?.why ?? null;
}

export function writeWaiting({ store }: Records, why: string | null): Promise<void> {
  return store.saveSetting(WAITING, { why });
}
