import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import { beginSession, type LoggedIn, type Origin } from "./begin-session.ts";
import type { Deed } from "./deed.ts";
import { isPassword } from "./password-hash.ts";
import { requireSecondFactor } from "./second-factor.ts";
import type { TryKey } from "./try-throttle.ts";

/**
 * Begins a session of who knows the password, and has the second factor if there is one. Throws
 * CREDENTIALS_WRONG, alike and after the same time whatever was wrong; TOTP_REQUIRED, TOTP_WRONG
 * and TOO_MANY_TRIES.
 */
export async function logIn(
  ctx: AppContext,
  input: { username: string; password: string; totp?: string | undefined },
  from: { origin: Origin; deed: Deed },
): Promise<LoggedIn> {
  const username = input.username.trim().toLowerCase();
  const { address } = from.origin;
  const user = await ctx.store.findUser(username);
  // Some type their password where their name belongs: only a name that exists is written down.
  from.deed.user = user?.username ?? null;
  const sessions = await ctx.store.listSessions(user?.id ?? "");
  const isKnown = sessions.some((session) => session.address === address);
  const isHome = isKnown || ctx.access.known.has(pairOf(username, address));
  const attempt = ctx.access.tries.begin(keysOf({ username, address, isHome }));

  const isRight = await isPassword(input.password, user?.passwordHash ?? null);
  if (!isRight || !user || user.disabled)
    throw new DomainError(
      "CREDENTIALS_WRONG",
      "User name or password is wrong. An administrator can give you a link to choose a new password.",
    );
  attempt.succeeded();
  // It has a count of its own, which the right password does not clear.
  await requireSecondFactor(ctx, user, { code: input.totp, place: isHome ? address : "" });
  ctx.access.known.add(pairOf(username, address));
  const { sessionId, ...session } = await beginSession(ctx, user, from.origin);
  from.deed.via = { kind: "session", id: sessionId };
  return session;
}

/**
 * Who guesses is slowed down by account and by address. From where the account has been logged
 * into before, only what fails there counts: so nobody elsewhere can lock its owner out.
 */
function keysOf({
  username,
  address,
  isHome,
}: {
  username: string;
  address: string;
  isHome: boolean;
}): TryKey[] {
  const pair = pairOf(username, address);
  const own = { key: `pair ${pair}`, free: 5 };
  if (isHome) return [own];
  return [own, { key: `user ${username}`, free: 20 }, { key: `address ${address}`, free: 30 }];
}

function pairOf(username: string, address: string): string {
  return `${username.slice(0, 64)} ${address}`;
}
