import type { Clock } from "./certificates.ts";

/** Runs `work` every `everyMs` until disposed; `work` handles its own errors. */
export function repeat(clock: Clock, everyMs: number, work: () => Promise<void>): AsyncDisposable {
  const ending = new AbortController();

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      await clock.sleep(everyMs, ending.signal);
      if (!ending.signal.aborted) await work();
    }
  }
  const running = run();

  return {
    async [Symbol.asyncDispose]() {
      ending.abort();
      await running;
    },
  };
}
