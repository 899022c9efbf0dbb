import { DomainError } from "@claw/core/errors";
import {
  JOB_OF_KIND,
  type Job,
  type JobEvent,
  type JobKind,
  type JobLogLine,
  type JobOf,
} from "@claw/core/job";
import { jobNotFound } from "@claw/core/not-found";
import { watchedJob } from "@claw/core/watched-job";
import { type Host, timestamp } from "../../host/host.ts";
import type { Log } from "../../log.ts";
import type { Store } from "../../store/store.ts";
import { createChangeFeed } from "./change-feed.ts";
import { failInterrupted } from "./fail-interrupted.ts";
import { type JobRequest, type RunningJob, runJob } from "./job-run.ts";
import { isInTheWay, requireMayWait, requireWithinQuota } from "./job-turns.ts";

/** Listed jobs; older ones stay in the database. */
const LISTED = 200;

export interface Jobs extends AsyncDisposable {
  /**
   * Begins a job and returns at once. If it conflicts with another job, because of the same target
   * or `notBeside`, it throws BUSY or waits for its turn. Each user may have one job at a time that
   * blocks others, so turns go to those who came first, and nobody has two.
   */
  begin<K extends JobKind>(request: JobRequest<K>): Promise<JobOf<K>>;
  list(): Promise<Job[]>;
  /** Throws JOB_NOT_FOUND. */
  get(id: string): Promise<Job>;
  /** Cancels a job; resolves when it has ended. Throws JOB_FINISHED if it already has. */
  cancel(id: string): Promise<Job>;
  /** The running job of this kind, if any. */
  running(kind: JobKind): Job | null;
  /** All listed jobs, then each change, as `watchedJob` has them; `get` has the whole record. */
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

/** Runs long work, records it, and reports progress to viewers. */
export async function createJobs(options: { store: Store; host: Host; log: Log }): Promise<Jobs> {
  const { store, host, log } = options;
  const running = new Map<string, RunningJob>();
  const feed = createChangeFeed<string>();
  const endings = createChangeFeed<string>();
  await failInterrupted(store, host);

  async function run<K extends JobKind>(entry: RunningJob, work: JobRequest<K>["work"]) {
    const { job } = entry;
    await runJob(entry, work, { store, host, log, onChange: () => feed.notify(job.id) });
    giveTurns();
    // The copy in memory is authoritative until the record is on disk.
    await store.saveJob({ ...job }, entry.log);
    running.delete(job.id);
    endings.notify(job.id);
  }

  const unfinished = (): RunningJob[] =>
    [...running.values()].filter(({ job }) => job.finishedAt === null);

  /** First come, first served. */
  function giveTurns(): void {
    const before: RunningJob[] = [];
    for (const entry of unfinished()) {
      if (!before.some(({ job }) => isInTheWay(job, entry.request))) entry.turn?.resolve();
      before.push(entry);
    }
  }

  async function get(id: string): Promise<Job> {
    const job = running.get(id)?.job ?? (await store.findJob(id));
    if (job) return { ...job };
    throw jobNotFound(id);
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
      const job = newJob(request, { id: host.randomHex(8), now: timestamp(host), mustWait });
      const entry = newEntry(job, request);
      running.set(job.id, entry);
      try {
        await store.saveJob({ ...job });
      } catch (error) {
        running.delete(job.id);
        giveTurns();
        throw error;
      }
      feed.notify(job.id);
      entry.done = run(entry, request.work).catch((error) =>
        log.error({ err: error }, "job record"),
      );
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
      yield { type: "snapshot", jobs: (await list()).map(watchedJob) };
      for await (const changed of changes)
        for (const id of changed)
          if (id !== null) yield { type: "changed", job: watchedJob(await get(id)) };
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

/** The record of a job that begins now, or waits for its turn. */
function newJob<K extends JobKind>(
  request: JobRequest<K>,
  { id, now, mustWait }: { id: string; now: string; mustWait: boolean },
): JobOf<K> {
  return JOB_OF_KIND[request.kind].parse({
    id,
    kind: request.kind,
    instanceId: request.instanceId,
    ...(request.instanceIds && { instanceIds: request.instanceIds }),
    about: [...(request.about ?? [])],
    ...(request.begunBy !== undefined && { begunBy: request.begunBy }),
    status: mustWait ? "queued" : "running",
    progress: 0,
    step: mustWait ? "queued" : "begin",
    detail: null,
    error: null,
    result: null,
    createdAt: now,
    startedAt: mustWait ? null : now,
    finishedAt: null,
  });
}

function newEntry(job: Job, request: RunningJob["request"]): RunningJob {
  const turn = job.status === "queued" ? Promise.withResolvers<void>() : null;
  const abort = new AbortController();
  turn?.promise.catch(() => undefined);
  // Cancelled before its turn.
  abort.signal.addEventListener("abort", () => turn?.reject(abort.signal.reason));
  const begun = Promise.withResolvers<void>();
  return { job, request, turn, begun, log: [], abort, done: Promise.resolve() };
}
