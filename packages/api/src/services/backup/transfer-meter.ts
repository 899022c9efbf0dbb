import type { InstanceProgress, TransferPhase } from "@claw/core/backup/progress";
import type { InstanceId } from "@claw/core/instance";
import type { JobHandle } from "../job/jobs.ts";
import { createRateWindow } from "./rate-window.ts";

/** Viewers are told this often at most, but of a new phase at once. */
const TELL_EVERY_MS = 250;
/** Time goes on, also while nothing moves. */
const TICK_MS = 1_000;
/** A stop and a start take about as long as moving this many bytes. */
const RESTART_EFFORT = 500_000_000;
/** Before, how long it will take is a guess. */
const TELL_TIME_AFTER_MS = 2_000;

export interface TransferMeterOptions {
  job: Pick<JobHandle, "report" | "detail">;
  now: () => number;
  /** The phases that move an instance's data, in their order; each does so once. */
  passes: readonly TransferPhase[];
  instances: readonly MeteredInstance[];
}

export interface MeteredInstance {
  id: InstanceId;
  name: string;
  bytes: number;
  /** It will be stopped and started again. */
  restarts: boolean;
}

/**
 * Turns what happens to each instance into how far a job is: `Job.progress`, `Job.step` and
 * `Job.detail`. Ids that it was not given are ignored.
 */
export interface TransferMeter extends Disposable {
  /** What is being done now, as a key that the page translates. */
  step(step: string): void;
  /** The instance has come to its next phase; a pass over its data that it was in is done. */
  enter(id: InstanceId, phase: TransferPhase): void;
  /** What the pass that the instance is in has moved so far. */
  moved(id: InstanceId, done: { bytes: number; files: number }): void;
  /** From now on it is down for this job, or not any more. */
  down(id: InstanceId): void;
  up(id: InstanceId): void;
  /** Something is wrong with it, but it goes on. */
  warn(id: InstanceId, problem: string): void;
  /** It goes no further, but the job does. */
  fail(id: InstanceId, problem: string): void;
}

interface Line {
  view: InstanceProgress;
  restarts: boolean;
  /** Bytes of the passes that are done, and of the one that it is in. */
  done: number;
  here: number;
  files: number;
  downSince: number | null;
}

export function createTransferMeter(options: TransferMeterOptions): TransferMeter {
  const { job, now, passes } = options;
  const startedAt = now();
  const rate = createRateWindow(now);
  const lines = new Map(options.instances.map((each) => [each.id, lineOf(each)]));
  let step = "";
  let toldAt = Number.NEGATIVE_INFINITY;

  function tell(): void {
    toldAt = now();
    const all = [...lines.values()];
    const counted = all.filter(({ view }) => view.phase !== "failed");
    const sum = (of: (line: Line) => number) =>
      counted.reduce((total, each) => total + of(each), 0);
    for (const line of all) refresh(line, now());
    const moved = sum(({ done, here }) => done + here);
    const totalBytes = sum(({ view }) => view.totalBytes);
    const whole = totalBytes * passes.length + sum(effort);
    const progress = (moved + sum(effortDone)) / Math.max(1, whole);
    rate.add(moved);
    const elapsedMs = now() - startedAt;
    const canTell = progress > 0 && elapsedMs >= TELL_TIME_AFTER_MS;
    job.detail({
      bytes: Math.round(moved / passes.length),
      totalBytes,
      files: sum(({ files }) => files),
      bytesPerSecond: rate.perSecond(),
      secondsLeft: canTell ? Math.ceil((elapsedMs * (1 / progress - 1)) / 1_000) : null,
      instances: all.map(({ view }) => ({ ...view })),
    });
    job.report(progress, step);
  }

  function change(id: InstanceId, act: (line: Line) => void, when: "now" | "soon" = "now"): void {
    const line = lines.get(id);
    if (!line) return;
    act(line);
    if (when === "now" || now() - toldAt >= TELL_EVERY_MS) tell();
  }

  const ticking = setInterval(tell, TICK_MS).unref();

  return {
    step(next) {
      step = next;
      tell();
    },
    enter: (id, phase) =>
      change(id, (line) => {
        if (line.view.phase === phase) return;
        const before = passes.indexOf(line.view.phase);
        if (before >= 0) line.done = (before + 1) * line.view.totalBytes;
        if (phase === "done") line.done = passes.length * line.view.totalBytes;
        line.here = 0;
        line.view.phase = phase;
        line.view.bytes = line.done > 0 && !passes.includes(phase) ? line.view.totalBytes : 0;
      }),
    moved: (id, { bytes, files }) =>
      change(
        id,
        (line) => {
          if (!passes.includes(line.view.phase)) return;
          line.here = Math.min(bytes, line.view.totalBytes);
          line.view.bytes = line.here;
          line.files = Math.max(line.files, files);
        },
        "soon",
      ),
    down: (id) =>
      change(id, (line) => {
        line.downSince ??= now() - (line.view.downMs ?? 0);
      }),
    up: (id) =>
      change(id, (line) => {
        refresh(line, now());
        line.downSince = null;
      }),
    warn: (id, problem) =>
      change(id, (line) => {
        line.view.problem = problem;
      }),
    fail: (id, problem) =>
      change(id, (line) => {
        Object.assign(line.view, { phase: "failed", problem });
      }),
    [Symbol.dispose]() {
      clearInterval(ticking);
      tell();
    },
  };
}

function lineOf({ id, name, bytes, restarts }: MeteredInstance): Line {
  const view: InstanceProgress = {
    id,
    name,
    phase: "waiting",
    bytes: 0,
    totalBytes: bytes,
    downMs: null,
    problem: null,
  };
  return { view, restarts, done: 0, here: 0, files: 0, downSince: null };
}

function refresh({ view, downSince }: Line, now: number): void {
  if (downSince !== null) view.downMs = now - downSince;
}

const effort = ({ restarts }: Line) => (restarts ? RESTART_EFFORT : 0);
/** It went down and is up again. */
const effortDone = (line: Line) =>
  line.downSince === null && line.view.downMs !== null ? effort(line) : 0;
