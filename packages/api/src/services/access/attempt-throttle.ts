import { waitAfter } from "@claw/core/access/attempts";
import { DomainError } from "@claw/core/errors";
import type { Host } from "../../host/host.ts";

/** What is counted: by whom, from where, at what; and how many failures cost no wait. */
export interface TryKey {
  key: string;
  free: number;
  /** The try adds to the count, and is made although the count would have it wait. */
  onlyCounts?: boolean;
}

/** Tries that fail make the next one wait, each longer than the one before. */
export interface AttemptThrottle {
  /**
   * Counts a try as failed before it is made, so that many at once are no way around; who
   * succeeds takes that back. Throws TOO_MANY_ATTEMPTS, with the seconds to wait, when one of the
   * keys is to wait.
   */
  begin(keys: readonly TryKey[]): { succeeded: () => void };
  /** Failures that are counted for a key now. */
  failuresOf(key: string): number;
}

interface Count {
  failures: number;
  lastAt: number;
  until: number;
}

/** Failures are forgotten after so long without another, unless they are kept. */
const FORGET_MS = 3_600_000;
/** Keys that are remembered; the oldest go first. */
const REMEMBERED = 20_000;

/** `forgetMs`: with `Infinity` nothing but a success clears a count. */
export function createAttemptThrottle(
  host: Pick<Host, "now">,
  { forgetMs = FORGET_MS } = {},
): AttemptThrottle {
  const counts = new Map<string, Count>();

  function current(key: string): Count {
    const count = counts.get(key);
    if (count && count.lastAt + forgetMs > host.now()) return count;
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
        // Behind all others, so that the first one is the oldest.
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
          // Who knows the password has only mistyped it before.
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
