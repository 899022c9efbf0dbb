import type { TransferProgress } from "@claw/core/backup/progress";
import { DomainError, messageOf } from "@claw/core/errors";
import {
  type InstanceFailure,
  isFinished,
  type Job,
  type JobKind,
  type JobLogLine,
} from "@claw/core/job";
import { type Host, timestamp } from "../../host/host.ts";
import type { Log } from "../../log.ts";
import type { Store } from "../../store/store.ts";
import { createChangeFeed } from "../live/change-feed.ts";

/** How many jobs a list shows; older ones stay in the database. */
const LISTED = 200;
/** How many lines of a job's log are kept. */
const LOGGED = 1_000;
/** Progress is written to disk this often at most; viewers get every step. */
const SAVE_EVERY_MS = 500;

export type JobEvent = { type: "snapshot"; jobs: Job[] } | { type: "changed"; job: Job };

/** What a job's work is given. */
export interface JobHandle {
  readonly id: string;
  readonly signal: AbortSignal;
  /** `progress` is 0 to 1. */
  report(progress: number, step: string): void;
  /** How far each part is; replaces what was told before. */
  detail(detail: TransferProgress): void;
  /** What has been made so far; what the work returns takes its place, a failure leaves it. */
  result(result: unknown): void;
  /** The job goes on without an instance, and ends as `partial` at best. */
  failed(failure: InstanceFailure): void;
  /** Adds a line to the job's log. */
  note(text: string): void;
}

export interface JobRequest {
  kind: JobKind;
  instanceId: string | null;
  /** Kinds of jobs beside which this one does not run, whatever they are about. */
  notBeside?: readonly JobKind[];
  /** What the job made; throws to fail. */
  work: (job: JobHandle) => Promise<unknown>;
}

export interface Jobs extends AsyncDisposable {
  /**
   * Begins a job and answers at once. Throws BUSY when one for the same thing runs, or one that
   * this one does not run beside.
   */
  begin(request: JobRequest): Promise<Job>;
  list(): Promise<Job[]>;
  /** Throws JOB_NOT_FOUND. */
  get(id: string): Promise<Job>;
  /** Asks a job to end; resolves when it has. Throws JOB_FINISHED when it is over. */
  cancel(id: string): Promise<Job>;
  /** The unfinished job of this kind, if any. */
  running(kind: JobKind): Job | null;
  watch(signal: AbortSignal): AsyncIterable<JobEvent>;
  /** What the job did, oldest line first. Throws JOB_NOT_FOUND. */
  log(id: string): Promise<JobLogLine[]>;
  /** Resolves with the job when it has ended. */
  finished(id: string): Promise<Job>;
}

interface Running {
  job: Job;
  log: JobLogLine[];
  abort: AbortController;
  done: Promise<void>;
}

/** Runs long work, keeps its record, and tells viewers how far it is. */
export async function createJobs(options: { store: Store; host: Host; log: Log }): Promise<Jobs> {
  const { store, host, log } = options;
  const running = new Map<string, Running>();
  const feed = createChangeFeed<string>();
  await failInterrupted(store, host);

  async function work(entry: Running, request: JobRequest): Promise<void> {
    const { job, abort } = entry;
    let savedAt = 0;
    const change = (patch: Partial<Job>) => {
      Object.assign(job, patch);
      feed.notify(job.id);
    };
    const failed: InstanceFailure[] = [];
    const withFailed = (result: unknown): unknown =>
      failed.length === 0 ? result : { ...(isRecord(result) && result), failed: [...failed] };
    const note = (text: string) => {
      entry.log.push({ ts: timestamp(host), text });
      if (entry.log.length > LOGGED) entry.log.shift();
    };
    const handle: JobHandle = {
      id: job.id,
      signal: abort.signal,
      note,
      detail: (detail) => change({ detail }),
      result: (result) => change({ result: withFailed(result) }),
      failed(failure) {
        failed.push(failure);
        note(`${failure.id}: ${failure.message}`);
        change({ result: withFailed(job.result) });
      },
      report(progress, step) {
        if (step !== job.step) note(step);
        change({ progress: Math.min(1, Math.max(job.progress, progress)), step });
        if (host.now() - savedAt < SAVE_EVERY_MS) return;
        savedAt = host.now();
        store.saveJob({ ...job }).catch((error) => log.warn({ err: error }, "saving a job failed"));
      },
    };
    try {
      const result = withFailed((await request.work(handle)) ?? null);
      change({ status: failed.length === 0 ? "succeeded" : "partial", progress: 1, result });
    } catch (error) {
      const cancelled = abort.signal.aborted;
      const reason = error instanceof DomainError ? error.reason : "INTERNAL";
      if (reason === "INTERNAL" && !cancelled) log.error({ err: error, job: job.id }, "job failed");
      change({
        status: cancelled ? "cancelled" : "failed",
        error: cancelled ? null : { reason, message: messageOf(error) },
      });
    }
    note(job.error?.message ?? job.status);
    change({ finishedAt: timestamp(host) });
    // Until its record is on disk, what is in memory is the truth.
    await store.saveJob({ ...job }, entry.log);
    running.delete(job.id);
  }

  const unfinished = (): Job[] =>
    [...running.values()].map((entry) => entry.job).filter((job) => job.finishedAt === null);

  async function get(id: string): Promise<Job> {
    const job = running.get(id)?.job ?? (await store.findJob(id));
    if (job) return { ...job };
    throw new DomainError("JOB_NOT_FOUND", `There is no job ${id}.`);
  }

  async function list(): Promise<Job[]> {
    const stored = await store.listJobs(LISTED);
    return stored.map((job) => ({ ...(running.get(job.id)?.job ?? job) }));
  }

  return {
    async begin(request) {
      for (const job of unfinished()) {
        if (job.kind === request.kind && job.instanceId === request.instanceId)
          throw new DomainError("BUSY", `A job of this kind runs already: ${job.step}.`);
        if (request.notBeside?.includes(job.kind))
          throw new DomainError(
            "BUSY",
            `Another job runs (${job.kind}: ${job.step}). Wait until it is done, or cancel it.`,
          );
      }
      const now = timestamp(host);
      const job: Job = {
        id: host.randomHex(8),
        kind: request.kind,
        instanceId: request.instanceId,
        status: "running",
        progress: 0,
        step: request.kind,
        detail: null,
        error: null,
        result: null,
        createdAt: now,
        startedAt: now,
        finishedAt: null,
      };
      const entry: Running = {
        job,
        log: [],
        abort: new AbortController(),
        done: Promise.resolve(),
      };
      running.set(job.id, entry);
      try {
        await store.saveJob({ ...job });
      } catch (error) {
        running.delete(job.id);
        throw error;
      }
      feed.notify(job.id);
      entry.done = work(entry, request).catch((error) => log.error({ err: error }, "job record"));
      return { ...job };
    },

    list,
    get,

    async log(id) {
      await get(id);
      return running.get(id)?.log.slice() ?? (await store.findJobLog(id));
    },

    async cancel(id) {
      const entry = running.get(id);
      if (!entry || entry.job.finishedAt !== null) {
        const { status } = await get(id);
        throw new DomainError("JOB_FINISHED", `The job is over already: ${status}.`);
      }
      entry.abort.abort(new DomainError("CANCELLED", "The job was cancelled."));
      await entry.done;
      return { ...entry.job };
    },

    running(kind) {
      const job = unfinished().find((each) => each.kind === kind);
      return job ? { ...job } : null;
    },

    async *watch(signal) {
      const changes = feed.subscribe(signal);
      yield { type: "snapshot", jobs: await list() };
      for await (const changed of changes)
        for (const id of changed) if (id !== null) yield { type: "changed", job: await get(id) };
    },

    async finished(id) {
      await running.get(id)?.done;
      return get(id);
    },

    async [Symbol.asyncDispose]() {
      const entries = [...running.values()];
      for (const { abort } of entries) abort.abort(new DomainError("CANCELLED", "The panel ends."));
      await Promise.all(entries.map((entry) => entry.done));
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Jobs do not survive the panel: what ran when it was killed is over. */
async function failInterrupted(store: Store, host: Host): Promise<void> {
  for (const job of await store.listJobs(1_000)) {
    if (isFinished(job)) continue;
    const error = {
      reason: "INTERRUPTED" as const,
      message: "The panel was ended while the job ran. Begin it again.",
    };
    await store.saveJob({ ...job, status: "failed", error, finishedAt: timestamp(host) });
  }
}
