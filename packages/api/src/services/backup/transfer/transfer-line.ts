import type { InstanceProgress, TransferPhase } from "@claw/core/backup/progress";
import type { InstanceId } from "@claw/core/instance";
import { createRateWindow } from "../../runtime/rate-window.ts";

/** A stop and start count as this many bytes, and take about this long. */
const RESTART_EFFORT = 500_000_000;
const RESTART_MS = 20_000;
/** Cap on progress until the instance is up. */
const MOST_OF_IT = 0.9;

const RESTARTING: ReadonlySet<TransferPhase> = new Set(["stopping", "swapping", "starting"]);

export interface MeteredInstance {
  id: InstanceId;
  name: string;
  bytes: number;
  /** Will be started, and stopped first if it runs. */
  restarts: boolean;
}

/** Progress of a job with one instance. */
export interface TransferLine {
  /** Progress shown to viewers; times and rates are those of the last `refresh`. */
  readonly view: InstanceProgress;
  /** Enters the next phase; completes the current pass over the data. */
  enter(phase: TransferPhase): void;
  /** Progress of the current pass. */
  move(done: { bytes: number; files: number }): void;
  goDown(): void;
  comeUp(): void;
  refresh(): void;
  /** Bytes moved by all passes so far. */
  moved(): number;
  /** The effort of its restart in bytes, and how much of it is done. */
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
  /** Bytes of completed passes, and of the current one. */
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
