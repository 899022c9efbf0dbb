import { DomainError } from "@claw/core/errors";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** What is refused to strangers is written down so often a minute, or they could fill the disk. */
const RECORDS_A_MINUTE = 60;
/** So often a minute one address may ask for what it must log in for. */
const CALLS_A_MINUTE = 600;

/** How much who has not logged in may cause. */
export interface StrangerBudget {
  /** What is tried at the door, such as a log-in, is not hidden by calls that are refused. */
  mayBeRecorded(what?: "call" | "entry"): Promise<boolean>;
  /** Throws TOO_MANY_TRIES. */
  call(address: string): Promise<void>;
}

export function createStrangerBudget(): StrangerBudget {
  const records = new RateLimiterMemory({ points: RECORDS_A_MINUTE, duration: 60 });
  const calls = new RateLimiterMemory({ points: CALLS_A_MINUTE, duration: 60 });
  return {
    mayBeRecorded: (what = "call") =>
      records.consume(what).then(
        () => true,
        () => false,
      ),

    async call(address) {
      try {
        await calls.consume(address);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        const seconds = Math.ceil(refused.msBeforeNext / 1_000);
        throw new DomainError(
          "TOO_MANY_TRIES",
          `Too many calls without a session came from this address. Log in, or wait ${seconds} seconds.`,
          { retryAfterSeconds: seconds },
        );
      }
    },
  };
}
