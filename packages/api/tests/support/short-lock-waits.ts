import type { AppContext } from "../../src/context.ts";
import { WAIT_FOR_ONE_MS } from "../../src/services/runtime/instance-locks.ts";

/** Waits for locks a thousandth of the time: users of the page wait for the real limit. */
export function shortenLockWaits({ runtime }: AppContext): void {
  const { locks } = runtime.live;
  const { afterOthers } = locks;
  locks.afterOthers = (id, operation, action, options) => {
    const limitMs = Math.min(options?.withinMs ?? Number.POSITIVE_INFINITY, WAIT_FOR_ONE_MS);
    return afterOthers(id, operation, action, { withinMs: limitMs / 1_000 });
  };
}
