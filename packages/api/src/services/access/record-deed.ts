import { messageOf, type Reason } from "@claw/core/errors";
import { RateLimiterMemory } from "rate-limiter-flexible";
import type { AppContext } from "../../context.ts";
import { timestamp } from "../../host/host.ts";
import type { Deed } from "./deed.ts";

/** What is refused to strangers is written down so often a minute, or they could fill the disk. */
const STRANGERS_A_MINUTE = 60;

/** Writes into the audit trail what was done or refused. */
export async function recordDeed(
  ctx: AppContext,
  deed: Deed,
  result: "ok" | Reason,
): Promise<void> {
  if (deed.via === null && result !== "ok" && !(await ctx.access.strangers.isWithin())) return;
  try {
    await ctx.store.appendAudit({ ...deed, at: timestamp(ctx.host), result });
  } catch (error) {
    // What was done is done: that it cannot be written down, on a full disk, is no reason to fail.
    ctx.log.error(`the audit trail cannot be written: ${messageOf(error)}`);
  }
}

/** Says how much strangers may still cause to be written. */
export interface StrangerBudget {
  isWithin(): Promise<boolean>;
}

export function createStrangerBudget(): StrangerBudget {
  const limiter = new RateLimiterMemory({ points: STRANGERS_A_MINUTE, duration: 60 });
  return {
    isWithin: () =>
      limiter.consume("all").then(
        () => true,
        () => false,
      ),
  };
}
