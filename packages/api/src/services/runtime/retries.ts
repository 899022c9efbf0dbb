import type { Host } from "../../host/host.ts";

/** Pause before each attempt; the last one repeats. Ten seconds for the first two minutes. */
export const PAUSES_MS: readonly number[] = [
  ...[1_000, 2_000, 5_000],
  ...new Array<number>(11).fill(10_000),
  ...[30_000, 60_000],
];

export interface RetryOptions {
  host: Pick<Host, "now" | "sleep">;
  isOwed: (key: string) => boolean;
  /** Attempts the task; does not reject. */
  attempt: (key: string) => Promise<void>;
  /** Time of the next attempt, or null: now, or no longer owed. */
  onPause: (key: string, at: number | null) => void;
}

/** Retries tasks until they are no longer owed. */
export interface Retries extends AsyncDisposable {
  /** Begins retrying; no-op if already in progress. */
  begin(key: string): void;
}

/** Measures pauses in elapsed time, independent of the clock. */
export function createRetries({ host, isOwed, attempt, onPause }: RetryOptions): Retries {
  const ended = new AbortController();
  const trying = new Map<string, Promise<void>>();
  const asleep = new Set<AbortController>();

  async function pause(key: string, ms: number): Promise<void> {
    const woken = new AbortController();
    asleep.add(woken);
    onPause(key, host.now() + ms);
    await host.sleep(ms, AbortSignal.any([ended.signal, woken.signal]));
    asleep.delete(woken);
    onPause(key, null);
  }

  async function tryAgain(key: string): Promise<void> {
    for (let tries = 0; isOwed(key); tries++) {
      await pause(key, PAUSES_MS[tries] ?? PAUSES_MS.at(-1) ?? 0);
      if (ended.signal.aborted || !isOwed(key)) break;
      await attempt(key);
      // The obstacle is gone, so the others need not wait.
      if (!isOwed(key)) for (const each of asleep) each.abort();
    }
    // In the same tick as the last check: a task owed from now on starts over.
    trying.delete(key);
  }

  return {
    begin(key) {
      if (ended.signal.aborted || trying.has(key)) return;
      trying.set(
        key,
        Promise.resolve().then(() => tryAgain(key)),
      );
    },
    async [Symbol.asyncDispose]() {
      ended.abort();
      await Promise.all(trying.values());
    },
  };
}
