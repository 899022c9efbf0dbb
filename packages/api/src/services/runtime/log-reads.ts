import pLimit from "p-limit";

/** How many logs are read at a time beside those that are followed. */
export const MOST_READ = 8;

/**
 * Does `work`, which reads a log to its end, in its turn. Rejects as soon as `signal` aborts, also
 * while others are being read.
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
