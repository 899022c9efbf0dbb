import { SESSION_IDLE_MS, SESSION_MAX_MS } from "@claw/core/access/credentials";
import type { LoggedIn } from "@claw/core/access/log-in-views";
import { hasReason } from "@claw/core/errors";
import type { Uses } from "../../context.ts";
import type { UserRecord } from "../../store/access-records.ts";
import { hashSecret, newSecret } from "./secrets.ts";

/** Where a caller comes from. */
export interface Origin {
  address: string;
  userAgent: string;
}

/** Begins a session with a new token, whatever was sent before. */
export async function beginSession(
  ctx: Uses<"store" | "host">,
  user: UserRecord,
  { address, userAgent }: Origin,
): Promise<Omit<LoggedIn, "browser"> & { sessionId: string }> {
  const now = ctx.host.now();
  const at = (moment: number) => new Date(moment).toISOString();
  const token = newSecret(ctx.host);
  const sessionId = ctx.host.randomHex(8);
  const expiresAt = at(now + SESSION_MAX_MS);
  await ctx.store.deleteSessionsBefore({
    lastSeenAt: at(now - SESSION_IDLE_MS),
    expiresAt: at(now),
  });
  await ctx.store.insertSession({
    id: sessionId,
    tokenHash: hashSecret(token),
    userId: user.id,
    address,
    userAgent: userAgent.replace(/[^\x20-\x7e]/g, "").slice(0, 200),
    createdAt: at(now),
    lastSeenAt: at(now),
    expiresAt,
  });
  await ctx.store.updateUser(user.id, { lastLoginAt: at(now) }).catch((error: unknown) => {
    // Sessions need no room on a full disk, and the time of the last log-in is informational.
    if (!hasReason(error, "DISK_FULL")) throw error;
  });
  const { username, displayName, role } = user;
  return { token, expiresAt, user: { username, displayName, role }, sessionId };
}
