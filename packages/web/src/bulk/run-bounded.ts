export interface BoundedRun<Item> {
  /** How many run at the same time. */
  limit: number;
  /** Aborting begins nothing more; what has begun is left to end. */
  signal: AbortSignal;
  run: (item: Item) => Promise<void>;
  /** Called once per item that was not begun, when the others have ended. */
  onSkipped: (item: Item) => void;
}

/** Runs `run` for each item, in order, a few at a time. `run` must not reject. */
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
