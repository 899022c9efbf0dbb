import type { DerivedStatus } from "./status.ts";

/** `derived`, with the time when the panel retries a refused start. */
export function withRetry(derived: DerivedStatus, retryAt: string | null): DerivedStatus {
  const { statusDetail, statusReason } = derived;
  if (retryAt === null || statusReason === null || statusDetail?.code !== "START_FAILED")
    return derived;
  const time = retryAt.slice(11, 19);
  return {
    ...derived,
    statusReason: `${statusReason} The panel tries again by itself, next at ${time} UTC.`,
    statusDetail: { ...statusDetail, retry: { at: retryAt, reason: statusReason } },
  };
}
