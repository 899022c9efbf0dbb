import type { Backup } from "./backup/backup.ts";
import type { Instance } from "./instance.ts";
import type { JobStatus } from "./job.ts";
import type { Room } from "./nearly-full.ts";

export interface ConditionFacts {
  /** Milliseconds since the epoch. */
  now: number;
  /** Why the engine is unreachable, or null. */
  engineFault: string | null;
  image: { ref: string; present: boolean };
  room: Room & { isShort: boolean; owed: number };
  instances: readonly ConditionInstance[];
  backups: readonly Pick<Backup, "createdAt" | "fault" | "instances">[];
  /** The schedule's last run; null if the schedule is off or has not run. */
  lastRun: { at: string; jobId: string | null; status: JobStatus; message: string | null } | null;
  /** Restores that need a decision. */
  undecided: readonly {
    id: string;
    instanceId: string;
    uid: string | null;
    name: string;
    createdAt: string;
  }[];
  composeFault: string | null;
  /** Names of instances for which the certificate that the panel presents is not valid. */
  uncovered: readonly string[];
  /** A proxy is declared, and names of instances lead to each visitor's own machine. */
  isDomainMissing: boolean;
  orphans: readonly { id: string; container: string }[];
}

export type ConditionInstance = Pick<
  Instance,
  "id" | "uid" | "name" | "image" | "status" | "statusReason" | "statusDetail" | "createdAt"
> & {
  pendingChange?: Instance["pendingChange"];
  /** A failed start is being retried. */
  isOwed: boolean;
  /** It opens by its token, because its gateway did not take the panel for its proxy. */
  isIngressRefused?: boolean;
  /** A proxy in front of the panel lets no WebSocket through to it. */
  isSocketBlocked?: boolean;
};
