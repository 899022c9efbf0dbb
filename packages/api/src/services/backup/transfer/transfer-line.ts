import type { InstanceProgress, TransferPhase } from "@claw/core/backup/progress";
import type { InstanceId } from "@claw/core/instance";
import { createRateWindow } from "../../runtime/rate-window.ts";

/** A stop and a start take about as long as moving this many bytes, and about this long. */
const RESTART_EFFORT = 500_000_000;
const RESTART_MS = 20_000;
/** As long as it is not up, it is not known to be nearly so. */
const MOST_OF_IT = 0.9;

const RESTARTING: ReadonlySet<TransferPhase> = new Set(["stopping", "swapping", "starting"]);

export interface MeteredInstance {
  id: InstanceId;
  name: string;
  bytes: number;
  /** It will be started, and stopped before if it runs. */
  restarts: boolean;
}

/** How far a job is with one instance. */
export interface TransferLine {
  /** What viewers are told; times and rates are those of the last `refresh`. */
  readonly view: InstanceProgress;
  /** The instance has come to its next phase; a pass over its data that it was in is done. */
  enter(phase: TransferPhase): void;
  /** What the pass that it is in has moved so far. */
  move(done: { bytes: number; files: number }): void;
  goDown(): void;
  comeUp(): void;
  refresh(): void;
  /** Bytes that all passes have moved so far. */
  moved(): number;
  /** What its restart comes to, in bytes, and how much of that is done. */
  effort(): number;
  effortDone(): number;
}

export function createTransferLine(
  { id, name, bytes, restarts }: MeteredInstance,
  passes: readonly TransferPhase[],
  now: () => number,
): TransferLine {
  const view: InstanceProgress = {
    id,
    name,
    phase: "waiting",
    bytes: 0,
    totalBytes: bytes,
    files: 0,
    bytesPerSecond: 0,
    secondsLeft: null,
    downMs: null,
    problem: null,
  };
  let rate = createRateWindow(now);
  /** Bytes of the passes that are done, and of the one that it is in. */
  let done = 0;
  let here = 0;
  let downSince: number | null = null;
  let restartMs = 0;
  let phaseSince = now();

  const isUp = () => view.phase === "done" || (downSince === null && view.downMs !== null);
  const inPhaseMs = () => (RESTARTING.has(view.phase) ? now() - phaseSince : 0);

  function refresh(): void {
    if (downSince !== null) view.downMs = now() - downSince;
    const isMoving = passes.includes(view.phase);
    if (isMoving) rate.add(here);
    view.bytesPerSecond = isMoving ? rate.perSecond() : 0;
    view.secondsLeft =
      view.bytesPerSecond > 0 ? Math.ceil((view.totalBytes - here) / view.bytesPerSecond) : null;
  }

  return {
    view,
    enter(phase) {
      if (view.phase === phase) return;
      const before = passes.indexOf(view.phase);
      if (before >= 0) done = (before + 1) * view.totalBytes;
      if (phase === "done") done = passes.length * view.totalBytes;
      restartMs += inPhaseMs();
      phaseSince = now();
      here = 0;
      rate = createRateWindow(now);
      view.phase = phase;
      view.bytes = done > 0 && !passes.includes(phase) ? view.totalBytes : 0;
    },
    move(moved) {
      if (!passes.includes(view.phase)) return;
      here = Math.min(moved.bytes, view.totalBytes);
      view.bytes = here;
      view.files = Math.max(view.files, moved.files);
    },
    goDown() {
      downSince ??= now() - (view.downMs ?? 0);
    },
    comeUp() {
      refresh();
      downSince = null;
    },
    refresh,
    moved: () => done + here,
    effort: () => (restarts ? RESTART_EFFORT : 0),
    effortDone() {
      if (!restarts) return 0;
      if (isUp()) return RESTART_EFFORT;
      return RESTART_EFFORT * Math.min(MOST_OF_IT, (restartMs + inPhaseMs()) / RESTART_MS);
    },
  };
}
