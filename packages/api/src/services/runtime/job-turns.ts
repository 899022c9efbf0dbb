import { DomainError } from "@claw/core/errors";
import type { Job, JobKind } from "@claw/core/job";

/** A requested job, as far as it can conflict with others. */
export interface JobWish {
  kind: JobKind;
  instanceId: string | null;
  /** Id of the user who begins it; absent for the panel's own. */
  begunBy?: string;
  /** Kinds of jobs that exclude this one, whatever their instances. */
  notBeside?: readonly JobKind[];
  /** Waits for conflicting jobs of other users, as `queued`. */
  inTurn?: true;
}

/** Whether an unfinished job keeps another one from running. */
export function isInTheWay(job: Job, request: JobWish): boolean {
  const isSame = job.kind === request.kind && job.instanceId === request.instanceId;
  return isSame || (request.notBeside?.includes(job.kind) ?? false);
}

/** Throws BUSY for a conflicting job that the request does not wait for. */
export function requireMayWait(job: Job, { kind, inTurn, begunBy }: JobWish): void {
  const what = `${job.kind}: ${job.step}`;
  if (inTurn && job.begunBy !== begunBy) return;
  if (inTurn)
    throw new DomainError(
      "BUSY",
      `You have a job that is not done yet (${what}), and the limit is 1 at a time for each user. Wait until it is done, or cancel it.`,
    );
  if (job.kind === kind)
    throw new DomainError("BUSY", `A job of this kind runs already: ${job.step}.`);
  throw new DomainError("BUSY", `Another job runs (${what}). Wait until it is done, or cancel it.`);
}
