import { DomainError } from "@claw/core/errors";
import type { Job, JobKind } from "@claw/core/job";

/** A job that somebody wants to begin, as far as others can be in its way. */
export interface JobWish {
  kind: JobKind;
  instanceId: string | null;
  /** Id of the user who begins it; without one it is the panel's own. */
  begunBy?: string;
  /** Kinds of jobs beside which this one does not run, whatever they are about. */
  notBeside?: readonly JobKind[];
  /** What is in the way of somebody else's is waited for, with the job as `queued`. */
  inTurn?: true;
}

/** Whether a job that is not done keeps another one from running. */
export function isInTheWay(job: Job, request: JobWish): boolean {
  const isSame = job.kind === request.kind && job.instanceId === request.instanceId;
  return isSame || (request.notBeside?.includes(job.kind) ?? false);
}

/** Throws BUSY when a job that is in the way is not waited for. */
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
