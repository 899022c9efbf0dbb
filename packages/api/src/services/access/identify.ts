import { SESSION_IDLE_MS, TOKEN_PREFIX } from "@claw/core/access/credentials";
import type { Viewer } from "@claw/core/access/viewer";
import { messageOf } from "@claw/core/errors";
import { type Host, timestamp } from "../../host/host.ts";
import type { Log } from "../../log.ts";
import type { SessionRecord, TokenRecord, UserRecord } from "../../store/access-records.ts";
import type { Store } from "../../store/store.ts";
import { hashSecret } from "./secrets.ts";

/** Minimum interval between records of activity. */
const TOUCH_EVERY_MS = 60_000;

/** The dependencies of identification, which is itself a part of the full context. */
export interface Needed {
  store: Store;
  host: Host;
  log: Log;
}

/** An authenticated viewer, and when (in milliseconds) that ends without further activity. */
export interface Identity {
  viewer: Viewer;
  until: number;
}

/** The viewer of a bearer token; null if it is invalid. */
export async function identify(ctx: Needed, bearer: string | null): Promise<Identity | null> {
  if (bearer === null || bearer.length > 256) return null;
  const hash = hashSecret(bearer);
  return bearer.startsWith(TOKEN_PREFIX) ? byToken(ctx, hash) : bySession(ctx, hash);
}

async function bySession(ctx: Needed, hash: string): Promise<Identity | null> {
  const session = await ctx.store.findSession(hash);
  return session && identityOf(ctx, session);
}

/** The viewer of the session with this id, for a caller authenticated by other means. */
export async function identifySession(
  ctx: Needed,
  { sessionId, userId }: { sessionId: string; userId: string },
): Promise<Identity | null> {
  const sessions = await ctx.store.listSessions(userId);
  const session = sessions.find(({ id }) => id === sessionId);
  return session ? identityOf(ctx, session) : null;
}

async function identityOf(ctx: Needed, session: SessionRecord): Promise<Identity | null> {
  const until = endOfSession(session);
  const user = await activeUser(ctx, session.userId);
  const now = ctx.host.now();
  if (!user || until <= now) return null;
  if (Date.parse(session.lastSeenAt) + TOUCH_EVERY_MS <= now)
    keep(ctx, ctx.store.touchSession(session.id, timestamp(ctx.host)));
  const viewer: Viewer = {
    kind: "session",
    id: session.id,
    user: asAccount(user),
    scope: "admin",
    instanceUids: null,
  };
  return { viewer, until };
}

async function byToken(ctx: Needed, hash: string): Promise<Identity | null> {
  const token = await ctx.store.findToken(hash);
  const until = token ? Date.parse(token.expiresAt) : 0;
  const user = token && (await activeUser(ctx, token.userId));
  const now = ctx.host.now();
  if (!token || !user || until <= now) return null;
  const usedAt = token.lastUsedAt === null ? 0 : Date.parse(token.lastUsedAt);
  if (usedAt + TOUCH_EVERY_MS <= now)
    keep(ctx, ctx.store.touchToken(token.id, timestamp(ctx.host)));
  return { viewer: viewerOf(token, user), until };
}

function viewerOf({ id, scope, instanceUids }: TokenRecord, user: UserRecord): Viewer {
  return { kind: "token", id, user: asAccount(user), scope, instanceUids };
}

/**
 * When the viewer's session or token expires as of now; null if it has, or if the account is
 * disabled, gone or in another role.
 */
export async function untilOf(ctx: Needed, viewer: Viewer): Promise<number | null> {
  const { id, user } = viewer;
  if ((await activeUser(ctx, user.id))?.role !== user.role) return null;
  const until =
    viewer.kind === "session"
      ? (await ctx.store.listSessions(user.id)).filter((each) => each.id === id).map(endOfSession)
      : (await ctx.store.listTokens(user.id))
          .filter((each) => each.id === id)
          .map(({ expiresAt }) => Date.parse(expiresAt));
  return until.find((end) => end > ctx.host.now()) ?? null;
}

/**
 * The viewer as of now; null if the account is disabled or gone, or the token is invalid. The end
 * of a session revokes nothing.
 */
export async function asOfNow(ctx: Needed, viewer: Viewer): Promise<Viewer | null> {
  const user = await activeUser(ctx, viewer.user.id);
  if (!user) return null;
  const now: Viewer = { ...viewer, user: asAccount(user) };
  return now.kind === "session" || (await untilOf(ctx, now)) !== null ? now : null;
}

/** When an idle session ends. */
export function endOfSession(session: Pick<SessionRecord, "lastSeenAt" | "expiresAt">): number {
  return Math.min(Date.parse(session.lastSeenAt) + SESSION_IDLE_MS, Date.parse(session.expiresAt));
}

async function activeUser(ctx: Needed, id: string): Promise<UserRecord | null> {
  const user = await ctx.store.findUserById(id);
  return user && !user.disabled ? user : null;
}

function asAccount(user: UserRecord): Viewer["user"] {
  const { id, username, displayName, role, createdAt } = user;
  return { id, username, displayName, role, createdAt };
}

/** A failed write, as on a full disk, must not lock anybody out. */
function keep(ctx: Needed, written: Promise<void>): void {
  written.catch((error) => ctx.log.warn(`writing down who was there: ${messageOf(error)}`));
}
