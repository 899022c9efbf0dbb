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

/** `coalesced` for each key; a key that nobody waits for is forgotten. */
export function coalescedBy<K, T>(action: (key: K) => Promise<T>): (key: K) => Promise<T> {
  const entries = new Map<K, { callers: number; run: () => Promise<T> }>();

  return async function run(key: K): Promise<T> {
    const entry = entries.get(key) ?? { callers: 0, run: coalesced(() => action(key)) };
    entries.set(key, entry);
    entry.callers += 1;
    try {
      return await entry.run();
    } finally {
      entry.callers -= 1;
      if (entry.callers === 0) entries.delete(key);
    }
  };
}
