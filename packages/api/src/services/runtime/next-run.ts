import type { InstanceId } from "@claw/core/instance";
import type { StatusBoard } from "./status-board.ts";

/** Delay before reading an interrupted log again while its container runs. */
const RETRY_MS = 1_000;

/**
 * Resolves when there may be more to read: in a run other than `run`, or in the same one if the
 * engine ended its stream too early.
 */
export async function nextRun(
  board: StatusBoard,
  id: InstanceId,
  run: string,
  signal: AbortSignal,
): Promise<void> {
  const goesOn = board.isReachable() && board.observedOf(id)?.state === "running";
  const patience = goesOn ? AbortSignal.any([signal, AbortSignal.timeout(RETRY_MS)]) : signal;
  try {
    await board.until(id, (now) => now === null || runOf(board, id) !== run, patience);
  } catch (error) {
    if (signal.aborted || !patience.aborted) throw error;
  }
}

/** Identifies one run of a container; each run appends to the log. */
export function runOf(board: StatusBoard, id: InstanceId): string {
  const observed = board.observedOf(id);
  return [board.isReachable(), observed?.containerId, observed?.startedAt, observed?.state].join();
}
