import { setTimeout as delay } from "node:timers/promises";
import { DomainError } from "@claw/core/errors";
import type { Instance, InstanceId } from "@claw/core/instance";
import type { Uses } from "../../context.ts";

const READY_EVERY_MS = 1_000;
/** Uses whichever client the image has, like the health check of the compose template. */
const READY_PROBE = [
  "sh",
  "-c",
  `if command -v curl >/dev/null; then exec curl -fsS -m 5 "$0";
elif command -v wget >/dev/null; then exec wget -q -T 5 -O /dev/null "$0";
else exec node -e "fetch(process.argv[1]).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))" "$0"; fi`,
  "http://127.0.0.1:18789/readyz",
];

export interface ReadyInput {
  id: InstanceId;
  readyWithinMs: number;
}

interface ReadyOptions {
  /** The start of a run that has ended: the container starts again by itself. */
  endedRun?: string | null;
}

/**
 * Waits until a gateway takes commands, which is some seconds after its health endpoint responds.
 * Throws START_FAILED when it takes too long, and as `ContainerEngine.exec` when its container ends.
 */
export async function untilReady(
  ctx: Uses<"engine" | "live">,
  { id, readyWithinMs }: ReadyInput,
  jobSignal: AbortSignal,
  { endedRun = null }: ReadyOptions = {},
): Promise<void> {
  const tooLate = AbortSignal.timeout(readyWithinMs);
  const signal = AbortSignal.any([jobSignal, tooLate]);
  try {
    if (endedRun !== null)
      await ctx.runtime.live.board.until(id, (now) => isOver(now, endedRun), signal);
    for (;;) {
      const { exitCode } = await ctx.engine.exec(id, READY_PROBE, { signal });
      if (exitCode === 0) return;
      await delay(READY_EVERY_MS, undefined, { signal });
    }
  } catch (error) {
    if (jobSignal.aborted || !tooLate.aborted) throw error;
    throw new DomainError(
      "START_FAILED",
      `The instance ${id} runs, but took no commands within ${Math.round(readyWithinMs / 1_000)} seconds. Look at its logs, then try again.`,
      { cause: error },
    );
  }
}

/** Another run has begun, or none will. */
const isOver = (now: Instance | null, run: string): boolean =>
  now === null || now.status === "stopped" || (now.startedAt !== null && now.startedAt !== run);
