import { messageOf, reasonOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { Job, JobKind, JobLogLine, JobOf, ResultOf } from "@claw/core/job";
import type { InstanceFailure } from "@claw/core/job-result";
import type { JobStep } from "@claw/core/job-step";
import type { Subject } from "@claw/core/subject";
import { type Host, timestamp } from "../../host/host.ts";
import type { Log } from "../../log.ts";
import type { Store } from "../../store/store.ts";
import type { JobWish } from "./job-turns.ts";

/** Lines kept of a job's log. */
const LOGGED = 1_000;
/** Minimum interval of saving progress to disk; viewers get every step. */
const SAVE_EVERY_MS = 500;

/** Passed to a job's work. */
export interface JobHandle<K extends JobKind = JobKind> {
  readonly id: string;
  readonly signal: AbortSignal;
  /** `progress` is 0 to 1. */
  report(progress: number, step: JobStep): void;
  /** Progress of each part; replaces the previous detail. */
  detail(detail: NonNullable<JobOf<K>["detail"]>): void;
  /** Result so far; replaced by the return value of the work, kept on failure. */
  result(result: ResultOf<K>): void;
  /** Continues without an instance; the job ends as `partial` at best. */
  failed(failure: InstanceFailure): void;
  /** Not all that was asked for is known to be done: the job ends as `partial` at best. */
  incomplete(): void;
  /** Adds a line to the job's log. */
  note(text: string): void;
  /** Resolves when the reports so far are on disk, or could not be written. */
  save(): Promise<void>;
}

export interface JobRequest<K extends JobKind = JobKind> extends JobWish {
  kind: K;
  /** All instances concerned, if several. */
  instanceIds?: readonly InstanceId[];
  /** The same with their present owners; only the owner of all may see the job. */
  about?: readonly Subject[];
  /** Called when the turn of a queued job comes: throws if its permission was withdrawn. */
  mayBegin?: () => Promise<void>;
  /** Returns the job's result; throws to fail. */
  work: (job: JobHandle<K>) => Promise<JobOf<K>["result"]>;
}

/** A job that has not ended, or whose record is not on disk yet. */
export interface RunningJob {
  job: Job;
  request: JobWish & Pick<JobRequest, "mayBegin">;
  /** Lets a queued job begin. */
  turn: PromiseWithResolvers<void> | null;
  begun: PromiseWithResolvers<void>;
  log: JobLogLine[];
  abort: AbortController;
  done: Promise<void>;
}

export interface JobRunOptions {
  store: Pick<Store, "saveJob">;
  host: Host;
  log: Log;
  onChange: () => void;
}

/** Runs a job in its turn, up to its result or error; its record on disk lags behind. */
export async function runJob<K extends JobKind>(
  entry: RunningJob,
  work: JobRequest<K>["work"],
  options: JobRunOptions,
): Promise<void> {
  const { job, abort, request } = entry;
  const { store, host, log } = options;
  const { handle, change, withFailed, isPartial } = handleOf<K>(entry, options);
  try {
    if (entry.turn) {
      await entry.turn.promise;
      await request.mayBegin?.();
      abort.signal.throwIfAborted();
      change({ status: "running", startedAt: timestamp(host) });
      await store.saveJob({ ...job });
    }
    entry.begun.resolve();
    const result = withFailed(await work(handle));
    change({ status: isPartial() ? "partial" : "succeeded", progress: 1, result });
  } catch (error) {
    const cancelled = abort.signal.aborted;
    const reason = reasonOf(error);
    if (reason === "INTERNAL" && !cancelled) log.error({ err: error, job: job.id }, "job failed");
    change({
      status: cancelled ? "cancelled" : "failed",
      error: cancelled ? null : { reason, message: messageOf(error) },
    });
  }
  handle.note(job.error?.message ?? job.status);
  change({ finishedAt: timestamp(host) });
}

function handleOf<K extends JobKind>(
  { job, log, abort }: RunningJob,
  { store, host, log: panelLog, onChange }: JobRunOptions,
) {
  let savedAt = 0;
  let isIncomplete = false;
  const failed: InstanceFailure[] = [];
  const change = (patch: { [F in keyof Job]?: unknown }) => {
    Object.assign(job, patch);
    onChange();
  };
  const withFailed = (result: object | null) =>
    failed.length === 0 ? result : { ...result, failed: [...failed] };
  const note = (text: string) => {
    log.push({ ts: timestamp(host), text });
    if (log.length > LOGGED) log.shift();
  };
  const save = () => {
    savedAt = host.now();
    const saved = store.saveJob({ ...job });
    return saved.catch((error) => panelLog.warn({ err: error }, "saving a job failed"));
  };
  const handle: JobHandle<K> = {
    id: job.id,
    signal: abort.signal,
    note,
    save,
    detail: (detail) => change({ detail }),
    result: (result) => change({ result: withFailed(result) }),
    failed(failure) {
      failed.push(failure);
      note(`${failure.id}: ${failure.message}`);
      change({ result: withFailed(job.result) });
    },
    incomplete() {
      isIncomplete = true;
    },
    report(progress, step) {
      if (step !== job.step) note(step);
      change({ progress: Math.min(1, Math.max(job.progress, progress)), step });
      if (host.now() - savedAt >= SAVE_EVERY_MS) void save();
    },
  };
  const isPartial = () => isIncomplete || failed.length > 0;
  return { handle, change, withFailed, isPartial };
}
