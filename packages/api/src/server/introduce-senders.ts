import type { FastifyRequest } from "fastify";
import type { AppContext, Uses } from "../context.ts";
import { identify } from "../services/access/identify.ts";
import type { Connections } from "./connections.ts";
import { bearerOf } from "./request-context.ts";

/** Rate-limits each kind of warning so that a flood cannot fill the log. */
const WARN_EVERY_MS = 60_000;

/** Hook that identifies the owner of each connection, once. */
export function introduceSenders(app: AppContext, connections: Connections) {
  return async ({ raw, headers }: FastifyRequest): Promise<void> => {
    const bearer = bearerOf(headers.authorization);
    if (bearer === null || connections.isKnown(raw.socket)) return;
    const identity = await identify(app, bearer);
    if (identity) connections.introduce(raw.socket, identity.viewer.user.id);
  };
}

export function warnOfCrowds({ host, log }: Uses<"host" | "log">) {
  const warnedAt = new Map<string, number>();
  return (who: "unauthenticated" | "known"): void => {
    const now = host.now();
    if (now - (warnedAt.get(who) ?? Number.NEGATIVE_INFINITY) < WARN_EVERY_MS) return;
    warnedAt.set(who, now);
    log.warn(
      who === "unauthenticated"
        ? "there are too many connections of who has not logged in; the oldest are ended"
        : "there are too many connections of one account; the oldest are ended",
    );
  };
}
