import type { BackupRequest, RestoreRequest, Unlock } from "@claw/core/backup/backup";
import type { Api, Backup, BackupPolicy, Job, RestorePlan, SafetyCopy } from "./client.ts";

interface Query<Input, Output> {
  query(input: Input, options?: { signal?: AbortSignal }): Promise<Output>;
}
interface Mutation<Input, Output> {
  mutate(input: Input): Promise<Output>;
}
export interface PolicyState {
  policy: BackupPolicy;
  nextRun: string | null;
  lastRun: { at: string; jobId: string; status: Job["status"] } | null;
}
export interface BackupsClient {
  list: Query<void, Backup[]>;
  watch: {
    subscribe(
      input: undefined,
      handlers: {
        onData: (event: { type: "snapshot"; backups: Backup[] }) => void;
        onError: (error: unknown) => void;
        onComplete: () => void;
      },
    ): { unsubscribe(): void };
  };
  create: Mutation<Partial<BackupRequest>, Job>;
  plan: Query<Omit<RestoreRequest, "unlock">, RestorePlan>;
  restore: Mutation<RestoreRequest, Job>;
  verify: Mutation<{ id: string; unlock?: Unlock }, Job>;
  test: Mutation<{ id: string; instanceId?: string; unlock?: Unlock }, Job>;
  update: Mutation<{ id: string; note?: string | null; pinned?: boolean }, Backup>;
  remove: Mutation<{ id: string }, { id: string }>;
  downloadTicket: Mutation<{ id: string }, { url: string }>;
  safetyCopies: Query<void, SafetyCopy[]>;
  bringBack: Mutation<{ id: string }, Job>;
  dismissSafetyCopy: Mutation<{ id: string }, { id: string }>;
  policy: Query<void, PolicyState>;
  savePolicy: Mutation<BackupPolicy, PolicyState>;
  previewPolicy: Query<{ cron: string; timezone: string }, { next: string[] }>;
}
export const backupsOf = (api: Api): BackupsClient =>
  (api.trpc as unknown as { backups: BackupsClient }).backups;
