import type { TransferPhase } from "@claw/core/backup/progress";
import type { InstanceId } from "@claw/core/instance";
import type { JobStep } from "@claw/core/job-step";
import {
  createTransferLine,
  type MeteredInstance,
  type TransferLine,
} from "../backup/transfer/transfer-line.ts";
import type { JobHandle } from "./job-run.ts";
import { createRateWindow } from "./rate-window.ts";

/** Minimum interval of reports; new phases are reported at once. */
const TELL_EVERY_MS = 250;
/** Keeps times current even while nothing moves. */
const TICK_MS = 1_000;
/** Before this, the remaining time is a guess. */
const TELL_TIME_AFTER_MS = 2_000;

export interface TransferMeterOptions {
  job: Pick<JobHandle<"backup">, "report" | "detail">;
  now: () => number;
  /** The phases that move an instance's data, in order; one pass each. */
  passes: readonly TransferPhase[];
  instances: readonly MeteredInstance[];
}

/**
 * Converts events of each instance into the job's progress: `Job.progress`, `Job.step` and
 * `Job.detail`. Ignores unknown ids.
 */
export interface TransferMeter extends Disposable {
  /** The job's current step. */
  step(step: JobStep): void;
  /** Enters the instance's next phase; completes its current pass over the data. */
  enter(id: InstanceId, phase: TransferPhase): void;
  /** Progress of the instance's current pass. */
  moved(id: InstanceId, done: { bytes: number; files: number }): void;
  /** Marks the instance as down for this job, or up again. */
  down(id: InstanceId): void;
  up(id: InstanceId): void;
  /** Reports a problem; the instance continues. */
  warn(id: InstanceId, problem: string): void;
  /** Fails the instance; the job continues. */
  fail(id: InstanceId, problem: string): void;
}

export function createTransferMeter(options: TransferMeterOptions): TransferMeter {
  const { job, now, passes } = options;
  const startedAt = now();
  const rate = createRateWindow(now);
  const lines = new Map(
    options.instances.map((each) => [each.id, createTransferLine(each, passes, now)]),
  );
  let step: JobStep = "begin";
  let toldAt = Number.NEGATIVE_INFINITY;

  function tell(): void {
    toldAt = now();
    const all = [...lines.values()];
    const counted = all.filter(({ view }) => view.phase !== "failed");
    const sum = (of: (line: TransferLine) => number) =>
      counted.reduce((total, each) => total + of(each), 0);
    for (const line of all) line.refresh();
    const moved = sum((line) => line.moved());
    const totalBytes = sum(({ view }) => view.totalBytes);
    const whole = totalBytes * passes.length + sum((line) => line.effort());
    const progress = (moved + sum((line) => line.effortDone())) / Math.max(1, whole);
    rate.add(moved);
    const elapsedMs = now() - startedAt;
    const canTell = progress > 0 && elapsedMs >= TELL_TIME_AFTER_MS;
    job.detail({
      bytes: Math.round(moved / passes.length),
      totalBytes,
      files: sum(({ view }) => view.files),
      bytesPerSecond: rate.perSecond(),
      secondsLeft: canTell ? Math.ceil((elapsedMs * (1 / progress - 1)) / 1_000) : null,
      instances: all.map(({ view }) => ({ ...view })),
    });
    job.report(progress, step);
  }

  function change(
    id: InstanceId,
    act: (line: TransferLine) => void,
    when: "now" | "soon" = "now",
  ): void {
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
    enter: (id, phase) => change(id, (line) => line.enter(phase)),
    moved: (id, done) => change(id, (line) => line.move(done), "soon"),
    down: (id) => change(id, (line) => line.goDown()),
    up: (id) => change(id, (line) => line.comeUp()),
    warn: (id, problem) =>
      change(id, ({ view }) => {
        view.problem = problem;
      }),
    fail: (id, problem) =>
      change(id, ({ view }) => {
        Object.assign(view, { phase: "failed", problem });
      }),
    [Symbol.dispose]() {
      clearInterval(ticking);
      tell();
    },
  };
}
