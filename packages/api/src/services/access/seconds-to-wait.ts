import { type RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** Counts a call under `key`; the seconds to wait if it is one too many, otherwise null. */
export async function secondsToWait(
  limit: Pick<RateLimiterMemory, "consume">,
  key: string,
): Promise<number | null> {
  try {
    await limit.consume(key);
    return null;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
  }
}
