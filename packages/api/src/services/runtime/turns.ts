import pLimit, { type LimitFunction } from "p-limit";

/** One turn at a time for each key; others wait for theirs. */
export interface Turns<K> {
  take<T>(key: K, action: () => Promise<T>): Promise<T>;
}

export function createTurns<K>(): Turns<K> {
  const limits = new Map<K, LimitFunction>();
  return {
    async take(key, action) {
      const limit = limits.get(key) ?? pLimit(1);
      limits.set(key, limit);
      try {
        return await limit(action);
      } finally {
        if (limit.activeCount + limit.pendingCount === 0) limits.delete(key);
      }
    },
  };
}
