import type { FastifyReply, FastifyRequest } from "fastify";
import type { AppContext } from "../context.ts";
import { identify } from "../services/access/identify.ts";
import { refuse } from "./error-answers.ts";
import { bearerOf } from "./request-context.ts";

/** Generous for a log-in or a set-up. */
export const ANONYMOUS_BYTES = 16 * 1024;

/**
 * Rejects large bodies from callers without a session before reading them, except on the route
 * `except`, which authenticates before it reads anything.
 */
export function refuseLargeFromAnonymous(app: AppContext, { except }: { except: string }) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { headers } = request;
    if (request.routeOptions.url === except) return;
    const isSmall =
      headers["transfer-encoding"] === undefined &&
      Number(headers["content-length"] ?? 0) <= ANONYMOUS_BYTES;
    if (isSmall || (await identify(app, bearerOf(headers.authorization)))) return;
    const message = "Nobody is logged in, or the session has ended. Log in.";
    refuse(reply, {
      code: "UNAUTHORIZED",
      httpStatus: 401,
      message,
      reason: app.access.people.isAnybody() ? "UNAUTHENTICATED" : "SETUP_REQUIRED",
    });
  };
}
