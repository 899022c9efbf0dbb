export interface BoundedRun<Item> {
  /** Maximum number of concurrent runs. */
  limit: number;
  /** Aborting starts nothing more; running calls finish. */
  signal: AbortSignal;
  run: (item: Item) => Promise<void>;
  /** Called once per skipped item, after the others have ended. */
  onSkipped: (item: Item) => void;
}

/** Runs `run` for each item, in order, with limited concurrency. `run` must not reject. */
export async function runBounded<Item>(items: readonly Item[], options: BoundedRun<Item>) {
  const waiting = [...items];
  const work = async () => {
    while (!options.signal.aborted) {
      const item = waiting.shift();
      if (item === undefined) return;
      await options.run(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.limit, items.length) }, work));
  for (const item of waiting) options.onSkipped(item);
}
