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
  /** Jobs of this kind run beside one another; the limit for each user. */
  perUser?: number;
  /** Waits for conflicting jobs of other users, as `queued`. */
  inTurn?: true;
}

/** Whether an unfinished job keeps another one from running. */
export function isInTheWay(job: Job, request: JobWish): boolean {
  const isSame =
    request.perUser === undefined &&
    job.kind === request.kind &&
    job.instanceId === request.instanceId;
  return isSame || (request.notBeside?.includes(job.kind) ?? false);
}

/** Throws BUSY when a user has reached the limit of unfinished jobs of this kind. */
export function requireWithinQuota(
  unfinished: readonly Job[],
  { kind, begunBy, perUser }: JobWish,
): void {
  if (perUser === undefined) return;
  const theirs = unfinished.filter((job) => job.kind === kind && job.begunBy === begunBy);
  if (theirs.length < perUser) return;
  throw new DomainError(
    "BUSY",
    `You have ${theirs.length} jobs that are not done yet (${kind}), and the limit is ${perUser} at a time for each user. Wait until one of them is done, or cancel it.`,
  );
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
