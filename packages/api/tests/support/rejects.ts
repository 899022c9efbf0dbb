import { type DomainError, hasReason, type Reason } from "@claw/core/errors";

/** Waits for `promise` to reject with `reason`, and resolves with the error. */
export async function rejects(promise: Promise<unknown>, reason: Reason): Promise<DomainError> {
  const outcome = await promise.then(
    (value) => new Error(`resolved with ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (!hasReason(outcome, reason)) throw outcome;
  return outcome;
}
