import type { Session } from "@claw/core/access/credentials";
import type { Viewer } from "@claw/core/access/viewer";
import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import { endOfSession } from "./identify.ts";

/** The viewer's active sessions, newest first. */
export async function listSessions(ctx: AppContext, viewer: Viewer): Promise<Session[]> {
  const sessions = await ctx.store.listSessions(viewer.user.id);
  return sessions
    .filter((session) => endOfSession(session) > ctx.host.now())
    .map(({ id, address, userAgent, createdAt, lastSeenAt, expiresAt }) => ({
      id,
      current: id === viewer.id,
      address,
      userAgent,
      createdAt,
      lastSeenAt,
      expiresAt,
    }));
}

/** Ends one of the viewer's sessions and its streams. Throws SESSION_NOT_FOUND. */
export async function revokeSession(ctx: AppContext, viewer: Viewer, id: string): Promise<void> {
  const sessions = await ctx.store.listSessions(viewer.user.id);
  if (!sessions.some((session) => session.id === id))
    throw new DomainError("SESSION_NOT_FOUND", "This session has ended already.");
  await ctx.store.deleteSession(id);
  ctx.access.streams.end((stream) => stream.viewer.id === id);
}
