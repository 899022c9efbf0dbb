import { waitAfter } from "@claw/core/access/attempts";
import { DomainError } from "@claw/core/errors";
import type { Host } from "../../host/host.ts";

/** A counter, e.g. per user and address, and how many failures cost no wait. */
export interface TryKey {
  key: string;
  free: number;
  /** Counts the attempt, but does not make it wait. */
  onlyCounts?: boolean;
}

/** Makes attempts wait after failures, longer each time. */
export interface AttemptThrottle {
  /**
   * Counts an attempt as failed before it is made, so that concurrent attempts are no way around;
   * success reverses that. Throws TOO_MANY_ATTEMPTS, with the seconds to wait, if one of the keys
   * must wait.
   */
  begin(keys: readonly TryKey[]): { succeeded: () => void };
  /** Failures currently counted for a key. */
  failuresOf(key: string): number;
}

interface Count {
  failures: number;
  lastAt: number;
  until: number;
}

/** Time without failures after which they are forgotten, unless kept. */
const FORGET_MS = 3_600_000;
/** Remembered keys; the oldest are dropped first. */
const REMEMBERED = 20_000;

/** `forgetMs`: with `Infinity` only a success clears a count. */
export function createAttemptThrottle(
  host: Pick<Host, "now">,
  { forgetMs = FORGET_MS } = {},
): AttemptThrottle {
  const counts = new Map<string, Count>();

  function current(key: string): Count {
    const count = counts.get(key);
    const now = host.now();
    if (count && count.lastAt > now) {
      // The clock was set back: nobody waits longer for that.
      count.until -= count.lastAt - now;
      count.lastAt = now;
    }
    if (count && count.lastAt + forgetMs > now) return count;
    return { failures: 0, lastAt: 0, until: 0 };
  }

  return {
    failuresOf: (key) => current(key).failures,

    begin(keys) {
      const now = host.now();
      const waiting = keys.filter(({ onlyCounts }) => !onlyCounts);
      const wait = Math.max(...waiting.map(({ key }) => current(key).until - now));
      if (wait > 0) throw tooMany(Math.ceil(wait / 1_000));
      for (const { key, free } of keys) {
        const failures = current(key).failures + 1;
        // Moves the key to the end, so that the first one is the oldest.
        counts.delete(key);
        counts.set(key, { failures, lastAt: now, until: now + waitAfter(failures, free) });
      }
      for (const key of counts.keys()) {
        if (counts.size <= REMEMBERED) break;
        counts.delete(key);
      }
      return {
        succeeded() {
          for (const { key } of keys) {
            const count = counts.get(key);
            if (!count) continue;
            count.failures -= 1;
            count.until = 0;
          }
          // A user who knows the password merely mistyped it before.
          const [own] = keys;
          if (own) counts.delete(own.key);
        },
      };
    },
  };
}

function tooMany(seconds: number): DomainError {
  return new DomainError(
    "TOO_MANY_ATTEMPTS",
    `Too many attempts failed. Wait ${seconds} seconds, then try again.`,
    { retryAfterSeconds: seconds },
  );
}
