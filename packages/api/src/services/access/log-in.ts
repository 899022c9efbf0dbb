import { addressGroup } from "@claw/core/access/address-group";
import type { LoggedIn } from "@claw/core/access/log-in-views";
import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import type { AuditDraft } from "./audit-draft.ts";
import { beginSession, type Origin } from "./begin-session.ts";
import { logInKeys, pairOf } from "./log-in-keys.ts";
import { isPassword } from "./password-hash.ts";
import { requireSecondFactor } from "./second-factor.ts";

/**
 * Begins a session after checking the password and, if enabled, the second factor. Throws
 * CREDENTIALS_WRONG, with the same message and timing whatever was wrong; TOTP_REQUIRED, TOTP_WRONG
 * and TOO_MANY_ATTEMPTS.
 */
export async function logIn(
  ctx: AppContext,
  input: {
    username: string;
    password: string;
    totp?: string | undefined;
    /** Secret that the browser got at its last log-in. */
    browser?: string | undefined;
  },
  from: { origin: Origin; audit: AuditDraft },
): Promise<LoggedIn> {
  const username = input.username.trim().toLowerCase();
  const address = addressGroup(from.origin.address);
  const user = await ctx.store.findUser(username);
  // Some users type their password as the name: record only names that exist.
  from.audit.user = user?.username ?? null;
  const sessions = await ctx.store.listSessions(user?.id ?? "");
  const isKnown = sessions.some((session) => addressGroup(session.address) === address);
  const isHome = isKnown || ctx.access.known.has(pairOf(username, address));
  const { browsers } = ctx.access;
  const browserId = user ? browsers.idFor(input.browser, user.id) : null;
  const keys = logInKeys(ctx, { username, address, isHome, browserId });
  const attempt = ctx.access.attempts.begin(keys);

  const isRight = await isPassword(input.password, user?.passwordHash ?? null);
  if (!isRight || !user || user.disabled)
    throw new DomainError(
      "CREDENTIALS_WRONG",
      "User name or password is wrong. An administrator can give you a link to choose a new password.",
    );
  attempt.succeeded();
  // Codes have their own count, which the right password does not clear.
  const place = browserId ?? (isHome ? address : "");
  await requireSecondFactor(ctx, user, { code: input.totp, place });
  ctx.access.known.add(pairOf(username, address));
  const { sessionId, ...session } = await beginSession(ctx, user, from.origin);
  from.audit.via = { kind: "session", id: sessionId };
  return { ...session, browser: browsers.remember(input.browser, user.id) };
}
