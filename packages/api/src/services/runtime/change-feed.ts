/** Tells any number of readers which keys changed since each last read. */
export interface ChangeFeed<K> {
  /** `null`: a change that concerns no single key. */
  notify(key: K | null): void;
  /** Starts at the call, not at the first read; ends when `signal` aborts. */
  subscribe(signal: AbortSignal): AsyncIterable<ReadonlySet<K | null>>;
}

interface Reader<K> {
  changed: Set<K | null>;
  wake: () => void;
}

export function createChangeFeed<K>(): ChangeFeed<K> {
  const readers = new Set<Reader<K>>();

  return {
    notify(key) {
      for (const reader of readers) {
        reader.changed.add(key);
        reader.wake();
      }
    },

    subscribe(signal) {
      const reader: Reader<K> = { changed: new Set(), wake: () => {} };
      const forget = () => {
        readers.delete(reader);
        reader.wake();
      };
      if (!signal.aborted) readers.add(reader);
      signal.addEventListener("abort", forget, { once: true });

      return (async function* () {
        try {
          while (!signal.aborted) {
            if (reader.changed.size === 0) {
              const { promise, resolve } = Promise.withResolvers<void>();
              reader.wake = resolve;
              await promise;
              continue;
            }
            const changed = reader.changed;
            reader.changed = new Set();
            yield changed;
          }
        } finally {
          signal.removeEventListener("abort", forget);
          forget();
        }
      })();
    },
  };
}
