import type { Host } from "../../host/host.ts";

/** Before each further attempt; the last one is repeated. Ten seconds for the first two minutes. */
export const PAUSES_MS: readonly number[] = [
  ...[1_000, 2_000, 5_000],
  ...new Array<number>(11).fill(10_000),
  ...[30_000, 60_000],
];

export interface RetryOptions {
  host: Pick<Host, "now" | "sleep">;
  isOwed: (key: string) => boolean;
  /** Tries to do what is owed; does not reject. */
  attempt: (key: string) => Promise<void>;
  /** When it is tried next, or null: now, or it is owed no more. */
  onPause: (key: string, at: number | null) => void;
}

/** What could not be done, and is tried again until it is not owed any more. */
export interface Retries extends AsyncDisposable {
  /** Begins to try; no-op for what is being tried already. */
  begin(key: string): void;
}

/** Pauses are measured in time that passes, whatever is done to the clock. */
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
      // What kept this one from being done is over: the others need not wait.
      if (!isOwed(key)) for (const each of asleep) each.abort();
    }
    // In the same turn as the last look: what comes to be owed from now on begins anew.
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
