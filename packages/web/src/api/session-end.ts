import type { AppRouter } from "@claw/api";
import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { tap } from "@trpc/server/observable";
import { failureOf } from "./api-error.ts";

/** Reports when the panel no longer accepts the session, whichever call reveals it. */
export function noticeSessionEnd(onEnd: () => void): TRPCLink<AppRouter> {
  return () =>
    ({ next, op }) =>
      next(op).pipe(
        tap({
          error: (error) => {
            if (error instanceof TRPCClientError && isSessionEnd(error)) onEnd();
          },
        }),
      );
}

function isSessionEnd(error: TRPCClientError<AppRouter>): boolean {
  const failure = failureOf(error);
  return failure === "UNAUTHENTICATED" || failure === "SETUP_REQUIRED";
}
