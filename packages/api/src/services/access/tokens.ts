import {
  type ApiToken,
  type CreatedToken,
  type NewToken,
  TOKEN_PREFIX,
} from "@claw/core/access/credentials";
import type { Viewer } from "@claw/core/access/viewer";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import type { TokenRecord } from "../../store/access-records.ts";
import { requirePassword } from "./require-password.ts";
import { hashSecret, newSecret } from "./secrets.ts";

const DAY_MS = 24 * 3_600_000;

/** The viewer's tokens, newest first, including expired ones. */
export async function listTokens(ctx: AppContext, viewer: Viewer): Promise<ApiToken[]> {
  return (await ctx.store.listTokens(viewer.user.id)).map(asToken);
}

/**
 * Creates a token and returns it this once. It outlives the session, so it requires the password: a
 * hijacked session gets none. Throws as `requirePassword` does.
 */
export async function createToken(
  ctx: AppContext,
  viewer: Viewer,
  { expiresInDays, password, ...input }: NewToken & { password?: string | undefined },
): Promise<CreatedToken> {
  await requirePassword(ctx, viewer, password);
  const now = ctx.host.now();
  const token = TOKEN_PREFIX + newSecret(ctx.host);
  const record: TokenRecord = {
    ...input,
    instanceUids: input.instanceIds && uidsOf(ctx, input.instanceIds),
    id: ctx.host.randomHex(8),
    tokenHash: hashSecret(token),
    userId: viewer.user.id,
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + expiresInDays * DAY_MS).toISOString(),
    lastUsedAt: null,
  };
  await ctx.store.insertToken(record);
  return { ...asToken(record), token };
}

/** Revokes one of the viewer's tokens and ends its streams. Throws TOKEN_NOT_FOUND. */
export async function removeToken(
  ctx: AppContext,
  viewer: Viewer,
  id: string,
): Promise<{ id: string }> {
  const tokens = await ctx.store.listTokens(viewer.user.id);
  if (!tokens.some((token) => token.id === id))
    throw new DomainError("TOKEN_NOT_FOUND", "This token has been deleted already.");
  await ctx.store.deleteToken(id);
  ctx.access.streams.end(({ viewer }) => viewer.id === id);
  return { id };
}

/** Revokes all that could act for a user except one session: other sessions, tokens, a link. */
export async function revokeAll(
  ctx: AppContext,
  userId: string,
  exceptSession: string | null,
): Promise<void> {
  await ctx.store.deleteTokensOf(userId);
  await ctx.store.deleteLinkOf(userId);
  await ctx.store.deleteSessionsOf(userId, exceptSession);
  ctx.access.streams.end(({ viewer }) => viewer.user.id === userId && viewer.id !== exceptSession);
}

function uidsOf(ctx: AppContext, ids: readonly InstanceId[]): string[] {
  return ids.flatMap((id) => ctx.runtime.live.board.identityOf(id)?.uid ?? []);
}

function asToken(record: TokenRecord): ApiToken {
  const { tokenHash: _, userId: __, instanceUids: ___, ...token } = record;
  return token;
}
