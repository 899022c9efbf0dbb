import { addressGroup } from "@claw/core/access/address-group";
import { DomainError } from "@claw/core/errors";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { secondsToWait } from "./seconds-to-wait.ts";

/** Calls per minute and address without a session. */
const CALLS_A_MINUTE = 600;

/** Limits for callers without a session. */
export interface AnonymousLimits {
  /** Throws TOO_MANY_ATTEMPTS. */
  call(address: string): Promise<void>;
}

export function createAnonymousLimits(): AnonymousLimits {
  const calls = new RateLimiterMemory({ points: CALLS_A_MINUTE, duration: 60 });
  return {
    async call(address) {
      const seconds = await secondsToWait(calls, addressGroup(address));
      if (seconds === null) return;
      throw new DomainError(
        "TOO_MANY_ATTEMPTS",
        `Too many calls without a session came from this address. Log in, or wait ${seconds} seconds.`,
        { retryAfterSeconds: seconds },
      );
    },
  };
}
