import pLimit from "p-limit";

/** Logs read at a time, in addition to followed ones. */
export const MOST_READ = 8;

/**
 * Runs `work`, which reads a log to its end, when its turn comes. Rejects as soon as `signal`
 * aborts, even while others are reading.
 */
export type LogReads = <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>;

export function createLogReads(): LogReads {
  const limit = pLimit(MOST_READ);
  return async (signal, work) => {
    const left = Promise.withResolvers<never>();
    const leave = () => left.reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    const turn = limit(() => {
      signal.throwIfAborted();
      return work();
    });
    try {
      return await Promise.race([turn, left.promise]);
    } finally {
      signal.removeEventListener("abort", leave);
    }
  };
}
