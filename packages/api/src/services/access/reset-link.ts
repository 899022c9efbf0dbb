import { addressGroup } from "@claw/core/access/address-group";
import { LINK_MS } from "@claw/core/access/credentials";
import type { ResetLink } from "@claw/core/access/log-in-views";
import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import type { AuditDraft } from "./audit-draft.ts";
import type { Origin } from "./begin-session.ts";
import { findUser } from "./find-user.ts";
import { hashPassword } from "./password-hash.ts";
import { requireGoodPassword } from "./require-good-password.ts";
import { hashSecret, newSecret } from "./secrets.ts";
import { revokeAll } from "./tokens.ts";

/**
 * Code of a link to choose a new password, valid once and for a day; replaces an earlier one. The
 * page knows the panel's address and puts the code into the fragment, which browsers do not send.
 * Throws USER_NOT_FOUND.
 */
export async function createResetLink(ctx: AppContext, username: string): Promise<ResetLink> {
  const user = await findUser(ctx, username);
  const code = newSecret(ctx.host);
  const expiresAt = new Date(ctx.host.now() + LINK_MS).toISOString();
  await ctx.store.saveLink({ userId: user.id, codeHash: hashSecret(code), expiresAt });
  return { code, expiresAt };
}

/**
 * Sets a new password and, by default, revokes all sessions and API tokens of the link's user. Does
 * not log in, so a second factor is still required. Throws LINK_INVALID, PASSWORD_WEAK,
 * TOO_MANY_ATTEMPTS.
 */
export async function redeemLink(
  ctx: AppContext,
  input: { code: string; password: string; revokeOthers?: boolean | undefined },
  from: { origin: Origin; audit: AuditDraft },
): Promise<{ username: string }> {
  const attempt = ctx.access.attempts.begin([
    { key: `link ${addressGroup(from.origin.address)}`, free: 10 },
  ]);
  const hash = hashSecret(input.code);
  const link = await ctx.store.findLink(hash);
  const user = link && (await ctx.store.findUserById(link.userId));
  if (!link || !user || Date.parse(link.expiresAt) <= ctx.host.now()) throw invalid();
  attempt.succeeded();
  from.audit.user = user.username;
  await requireGoodPassword(input.password, user.username);
  const passwordHash = await hashPassword(input.password);
  if (!(await ctx.store.takeLink(hash))) throw invalid();
  await ctx.store.updateUser(user.id, { passwordHash });
  if (input.revokeOthers ?? true) await revokeAll(ctx, user.id, null);
  return { username: user.username };
}

function invalid(): DomainError {
  return new DomainError(
    "LINK_INVALID",
    "This link was used or has run out. Ask an administrator for a new one.",
  );
}
