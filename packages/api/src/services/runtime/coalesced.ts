/**
 * Runs `action` one call at a time. Calls during a run share the next one, which begins after
 * they were made, even when the current run fails.
 */
export function coalesced<T>(action: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;

  return function run(): Promise<T> {
    if (!running) {
      running = action().finally(() => {
        running = null;
      });
      return running;
    }
    next ??= Promise.allSettled([running]).then(() => {
      next = null;
      return run();
    });
    return next;
  };
}
