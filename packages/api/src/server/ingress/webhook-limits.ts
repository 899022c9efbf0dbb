import { addressGroup } from "@claw/core/access/address-group";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { secondsToWait } from "../../services/access/seconds-to-wait.ts";

/** 60 a minute, but no more than these at once. */
const AT_ONCE = 20;
const WITHIN_SECONDS = 20;
/** So that one address cannot use up what an instance takes from all. */
const ADDRESSES = 5;

/** Counts a webhook's request; the seconds to wait if it is one too many, otherwise null. */
export type WebhookLimits = (uid: string, address: string) => Promise<number | null>;

/** Limits each address at each instance, and all addresses together at each instance. */
export function createWebhookLimits(): WebhookLimits {
  const ofAddress = new RateLimiterMemory({ points: AT_ONCE, duration: WITHIN_SECONDS });
  const ofAll = new RateLimiterMemory({ points: ADDRESSES * AT_ONCE, duration: WITHIN_SECONDS });
  return async (uid, address) =>
    (await secondsToWait(ofAddress, `${uid} ${addressGroup(address)}`)) ??
    (await secondsToWait(ofAll, uid));
}
