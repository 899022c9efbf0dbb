import type { AppRouter } from "@claw/api";
import { retryLink, type TRPCLink } from "@trpc/client";
import { failureOf } from "./api-error.ts";

export const AGAIN_MS = 1000;

/**
 * Asks once more when a query got no answer. Chromium drops what it has under way when a network of
 * its machine comes or goes, as one does with each instance that the panel makes there. Mutations may
 * have done their work.
 */
export function askAgain(): TRPCLink<AppRouter> {
  return retryLink({
    retry: ({ op, error, attempts }) =>
      op.type === "query" &&
      attempts === 1 &&
      !op.signal?.aborted &&
      failureOf(error) === "CONNECTION",
    retryDelayMs: () => AGAIN_MS,
  });
}
