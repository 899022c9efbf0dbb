import type { TransferProgress } from "@claw/core/backup/progress";
import { DomainError, messageOf, reasonOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { InstanceFailure, Job, JobKind, JobLogLine } from "@claw/core/job";
import type { Subject } from "@claw/core/subject";
import { type Host, timestamp } from "../../host/host.ts";
import type { Log } from "../../log.ts";
import type { Store } from "../../store/store.ts";
import { createChangeFeed } from "./change-feed.ts";
import { failInterrupted } from "./fail-interrupted.ts";
import { isInTheWay, type JobWish, requireMayWait, requireWithinQuota } from "./job-turns.ts";

/** Listed jobs; older ones stay in the database. */
const LISTED = 200;
/** Lines kept of a job's log. */
const LOGGED = 1_000;
/** Minimum interval of saving progress to disk; viewers get every step. */
const SAVE_EVERY_MS = 500;

export type JobEvent = { type: "snapshot"; jobs: Job[] } | { type: "changed"; job: Job };

/** Passed to a job's work. */
export interface JobHandle {
  readonly id: string;
  readonly signal: AbortSignal;
  /** `progress` is 0 to 1. */
  report(progress: number, step: string): void;
  /** Progress of each part; replaces the previous detail. */
  detail(detail: TransferProgress): void;
  /** Result so far; replaced by the return value of the work, kept on failure. */
  result(result: unknown): void;
  /** Continues without an instance; the job ends as `partial` at best. */
  failed(failure: InstanceFailure): void;
  /** Adds a line to the job's log. */
  note(text: string): void;
  /** Resolves when what was told so far is on disk, or could not be written. */
  save(): Promise<void>;
}

export interface JobRequest extends JobWish {
  /** All instances concerned, if several. */
  instanceIds?: readonly InstanceId[];
  /** The same with their present owners; only the owner of all may see the job. */
  about?: readonly Subject[];
  /** Called when the turn of a queued job comes: throws if its permission was withdrawn. */
  mayBegin?: () => Promise<void>;
  /** Returns the job's result; throws to fail. */
  work: (job: JobHandle) => Promise<unknown>;
}

export interface Jobs extends AsyncDisposable {
  /**
   * Begins a job and returns at once. If it conflicts with another job, because of the same target
   * or `notBeside`, it throws BUSY or waits for its turn. Each user may have one job at a time that
   * blocks others, so turns go to those who came first, and nobody has two.
   */
  begin(request: JobRequest): Promise<Job>;
  list(): Promise<Job[]>;
  /** Throws JOB_NOT_FOUND. */
  get(id: string): Promise<Job>;
  /** Cancels a job; resolves when it has ended. Throws JOB_FINISHED if it already has. */
  cancel(id: string): Promise<Job>;
  /** The running job of this kind, if any. */
  running(kind: JobKind): Job | null;
  watch(signal: AbortSignal): AsyncIterable<JobEvent>;
  /** Yields after jobs have ended and their records are saved. */
  ends(signal: AbortSignal): AsyncIterable<unknown>;
  /** The job's log, oldest line first. Throws JOB_NOT_FOUND. */
  log(id: string): Promise<JobLogLine[]>;
  /** Resolves when the job has begun its work, or has ended without beginning. */
  begun(id: string): Promise<void>;
  /** Resolves with the job when it has ended. */
  finished(id: string): Promise<Job>;
}

interface Running {
  job: Job;
  request: JobRequest;
  /** Lets a queued job begin. */
  turn: PromiseWithResolvers<void> | null;
  begun: PromiseWithResolvers<void>;
  log: JobLogLine[];
  abort: AbortController;
  done: Promise<void>;
}

/** Runs long work, records it, and reports progress to viewers. */
export async function createJobs(options: { store: Store; host: Host; log: Log }): Promise<Jobs> {
  const { store, host, log } = options;
  const running = new Map<string, Running>();
  const feed = createChangeFeed<string>();
  const endings = createChangeFeed<string>();
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
    const save = () => {
      savedAt = host.now();
      const saved = store.saveJob({ ...job });
      return saved.catch((error) => log.warn({ err: error }, "saving a job failed"));
    };
    const handle: JobHandle = {
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
      report(progress, step) {
        if (step !== job.step) note(step);
        change({ progress: Math.min(1, Math.max(job.progress, progress)), step });
        if (host.now() - savedAt >= SAVE_EVERY_MS) void save();
      },
    };
    try {
      if (entry.turn) {
        await entry.turn.promise;
        await request.mayBegin?.();
        abort.signal.throwIfAborted();
        change({ status: "running", startedAt: timestamp(host) });
        await store.saveJob({ ...job });
      }
      entry.begun.resolve();
      const result = withFailed((await request.work(handle)) ?? null);
      change({ status: failed.length === 0 ? "succeeded" : "partial", progress: 1, result });
    } catch (error) {
      const cancelled = abort.signal.aborted;
      const reason = reasonOf(error);
      if (reason === "INTERNAL" && !cancelled) log.error({ err: error, job: job.id }, "job failed");
      change({
        status: cancelled ? "cancelled" : "failed",
        error: cancelled ? null : { reason, message: messageOf(error) },
      });
    }
    note(job.error?.message ?? job.status);
    change({ finishedAt: timestamp(host) });
    giveTurns();
    // The copy in memory is authoritative until the record is on disk.
    await store.saveJob({ ...job }, entry.log);
    running.delete(job.id);
    endings.notify(job.id);
  }

  const unfinished = (): Running[] =>
    [...running.values()].filter(({ job }) => job.finishedAt === null);

  /** First come, first served. */
  function giveTurns(): void {
    const before: Running[] = [];
    for (const entry of unfinished()) {
      if (!before.some(({ job }) => isInTheWay(job, entry.request))) entry.turn?.resolve();
      before.push(entry);
    }
  }

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
      const others = unfinished().map(({ job }) => job);
      requireWithinQuota(others, request);
      const inTheWay = others.filter((job) => isInTheWay(job, request));
      for (const job of inTheWay) requireMayWait(job, request);
      const mustWait = inTheWay.length > 0;
      const now = timestamp(host);
      const job: Job = {
        id: host.randomHex(8),
        kind: request.kind,
        instanceId: request.instanceId,
        ...(request.instanceIds && { instanceIds: request.instanceIds }),
        about: [...(request.about ?? [])],
        ...(request.begunBy !== undefined && { begunBy: request.begunBy }),
        status: mustWait ? "queued" : "running",
        progress: 0,
        step: mustWait ? "queued" : request.kind,
        detail: null,
        error: null,
        result: null,
        createdAt: now,
        startedAt: mustWait ? null : now,
        finishedAt: null,
      };
      const entry: Running = {
        job,
        request,
        turn: mustWait ? Promise.withResolvers() : null,
        begun: Promise.withResolvers(),
        log: [],
        abort: new AbortController(),
        done: Promise.resolve(),
      };
      running.set(job.id, entry);
      entry.turn?.promise.catch(() => undefined);
      // Cancelled before its turn.
      entry.abort.signal.addEventListener("abort", () =>
        entry.turn?.reject(entry.abort.signal.reason),
      );
      try {
        await store.saveJob({ ...job });
      } catch (error) {
        running.delete(job.id);
        giveTurns();
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
      const found = unfinished().find(({ job }) => job.kind === kind && job.status === "running");
      return found ? { ...found.job } : null;
    },

    async *watch(signal) {
      const changes = feed.subscribe(signal);
      yield { type: "snapshot", jobs: await list() };
      for await (const changed of changes)
        for (const id of changed) if (id !== null) yield { type: "changed", job: await get(id) };
    },

    ends: (signal) => endings.subscribe(signal),

    async begun(id) {
      await get(id);
      const entry = running.get(id);
      if (entry) await Promise.race([entry.begun.promise, entry.done]);
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
