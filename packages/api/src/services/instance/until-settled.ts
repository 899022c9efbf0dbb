import { DomainError } from "@claw/core/errors";
import type { Instance, InstanceId } from "@claw/core/instance";
import type { Uses } from "../../context.ts";
import { isComingUp } from "../runtime/live-instances.ts";

/**
 * Docker may be silent for a moment, such as while it restarts; after this long the status is
 * unknown.
 */
const SILENCE_MS = 30_000;

/**
 * Waits until a start has succeeded or failed; null: the instance was deleted meanwhile. `unknown`
 * ends the wait only after `silenceMs`. Throws CANCELLED when `signal` aborts.
 */
export async function untilSettled(
  {
    runtime: {
      live: { board },
    },
  }: Uses<"live">,
  id: InstanceId,
  signal: AbortSignal,
  silenceMs = SILENCE_MS,
): Promise<Instance | null> {
  for (;;) {
    // `stopping`: being stopped or deleted right now.
    const now = await board.until(
      id,
      (instance) => !isComingUp(instance) && instance?.status !== "stopping",
      signal,
    );
    if (now?.status !== "unknown") return now;
    const silence = AbortSignal.timeout(silenceMs);
    try {
      const known = (instance: Instance | null) => instance?.status !== "unknown";
      await board.until(id, known, AbortSignal.any([signal, silence]));
    } catch (error) {
      if (signal.aborted || !silence.aborted) throw error;
      return now;
    }
  }
}

/**
 * Waits until an instance that was started is up. Throws START_FAILED with the reason, and
 * CANCELLED when `signal` is aborted.
 */
export async function requireUp(
  ctx: Uses<"live">,
  id: InstanceId,
  signal: AbortSignal,
): Promise<void> {
  const instance = await untilSettled(ctx, id, signal);
  if (instance?.status === "running") return;
  throw new DomainError("START_FAILED", `${id} did not come up: ${whyNotUp(instance)}`);
}

/** Why a settled instance is not up, as a sentence; null: it was deleted. */
export function whyNotUp(instance: Instance | null): string {
  if (instance === null) return "It was deleted meanwhile.";
  if (instance.desired === "stopped") return "It was stopped before it had come up.";
  if (instance.statusReason !== null) return instance.statusReason;
  return instance.status === "unknown"
    ? "Docker did not say whether it runs."
    : "It ended right after its start.";
}
