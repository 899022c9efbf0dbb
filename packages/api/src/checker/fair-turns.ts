import { DomainError } from "@claw/core/errors";
import type { Asker } from "./config-checker.ts";

interface Waiting extends Asker {
  begin: () => void;
}

interface FairTurns {
  /** Does `work` when it is its turn. Rejects with CANCELLED when the asker goes before that. */
  take<T>(asker: Asker, work: () => Promise<T>): Promise<T>;
}

/**
 * One at a time: saves first, and of each kind the one of the user who was served longest ago, so
 * that nobody waits behind all that another asks for.
 */
export function createFairTurns(): FairTurns {
  const waiting: Waiting[] = [];
  /** Users in the order in which they were served last. */
  const served = new Set<string | null>();
  let isBusy = false;

  function next(): void {
    if (isBusy) return;
    const order = [...served];
    const rankOf = ({ by, isSave }: Waiting) => order.indexOf(by) + (isSave ? 0 : order.length + 1);
    const first = waiting.toSorted((a, b) => rankOf(a) - rankOf(b))[0];
    if (!first) return;
    waiting.splice(waiting.indexOf(first), 1);
    served.delete(first.by);
    served.add(first.by);
    isBusy = true;
    first.begin();
  }

  return {
    async take(asker, work) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const mine: Waiting = { ...asker, begin: resolve };
      const onGone = () => {
        const at = waiting.indexOf(mine);
        if (at < 0) return;
        waiting.splice(at, 1);
        reject(new DomainError("CANCELLED", "The check was given up before its turn."));
      };
      waiting.push(mine);
      asker.signal?.addEventListener("abort", onGone);
      if (asker.signal?.aborted) onGone();
      next();
      try {
        await promise;
      } finally {
        asker.signal?.removeEventListener("abort", onGone);
      }
      try {
        return await work();
      } finally {
        isBusy = false;
        next();
      }
    },
  };
}
