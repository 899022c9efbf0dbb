import { createHash, timingSafeEqual } from "node:crypto";
import { addressGroup } from "@claw/core/access/address-group";
import type { LoggedIn } from "@claw/core/access/log-in-views";
import { DomainError } from "@claw/core/errors";
import type { AppContext, Uses } from "../../context.ts";
import { timestamp } from "../../host/host.ts";
import type { UserRecord } from "../../store/access-records.ts";
import type { AuditDraft } from "./audit-draft.ts";
import { beginSession, type Origin } from "./begin-session.ts";
import { hashPassword } from "./password-hash.ts";
import { requireGoodPassword } from "./require-good-password.ts";
import { readCode } from "./secrets.ts";

/**
 * Creates the first account, an administrator, and logs in. Throws SETUP_CODE_WRONG, also if the
 * panel is set up already, PASSWORD_WEAK and TOO_MANY_ATTEMPTS.
 */
export async function setUp(
  ctx: AppContext,
  input: { code: string; username: string; password: string },
  from: { origin: Origin; audit: AuditDraft },
): Promise<LoggedIn> {
  const key = { key: `setup ${addressGroup(from.origin.address)}`, free: 10 };
  const attempt = ctx.access.attempts.begin([key, { key: "setup", free: 50 }]);
  if (ctx.access.people.isAnybody() || !isSame(readCode(input.code), ctx.access.setupCode))
    throw new DomainError(
      "SETUP_CODE_WRONG",
      "The set-up code is wrong or was used. The terminal in which the panel was started shows it.",
    );
  attempt.succeeded();
  const user = await makeAdministrator(ctx, input);
  from.audit.user = user.username;
  const { sessionId, ...session } = await beginSession(ctx, user, from.origin);
  from.audit.via = { kind: "session", id: sessionId };
  return { ...session, browser: ctx.access.browsers.remember(undefined, user.id) };
}

/** Creates the first account. Throws USER_EXISTS if another call was first, and PASSWORD_WEAK. */
async function makeAdministrator(
  ctx: Uses<"store" | "host" | "access">,
  { username, password }: { username: string; password: string },
): Promise<UserRecord> {
  await requireGoodPassword(password, username);
  const user = newUser(ctx, { username, displayName: username, role: "administrator" });
  user.passwordHash = await hashPassword(password);
  await ctx.store.insertUser(user, { first: true });
  ctx.access.people.set(user);
  return user;
}

/** A user who cannot log in yet. */
export function newUser(
  ctx: Uses<"host">,
  account: Pick<UserRecord, "username" | "displayName" | "role">,
): UserRecord {
  return {
    ...account,
    id: ctx.host.randomHex(8),
    disabled: false,
    passwordHash: null,
    totpSecret: null,
    totpStep: 0,
    recoveryHashes: [],
    lastLoginAt: null,
    createdAt: timestamp(ctx.host),
  };
}

function isSame(one: string, other: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
