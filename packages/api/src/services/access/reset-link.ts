import { addressGroup } from "@claw/core/access/address-group";
import { INVITATION_MS, LINK_MS } from "@claw/core/access/credentials";
import type { LinkHolder, ResetLink } from "@claw/core/access/log-in-views";
import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import type { LinkRecord, UserRecord } from "../../store/access-records.ts";
import type { AuditDraft } from "./audit-draft.ts";
import type { Origin } from "./begin-session.ts";
import { findUser } from "./find-user.ts";
import { hashPassword } from "./password-hash.ts";
import { requireGoodPassword } from "./require-good-password.ts";
import { hashSecret, newSecret } from "./secrets.ts";
import { revokeAll } from "./tokens.ts";

/** The caller of a link, and the audit event of the call. */
interface Redeeming {
  origin: Origin;
  audit: AuditDraft;
}

/** Creates a one-time link for a user. Throws USER_NOT_FOUND. */
export async function createResetLink(
  ctx: AppContext,
  username: string,
  panelOrigin: string,
): Promise<ResetLink> {
  return createLink(ctx, await findUser(ctx, username), panelOrigin);
}

/**
 * A link to choose a password, valid once, for a day, or for a week if the user has none yet;
 * replaces an earlier one. Browsers do not send the fragment, in which the code is. `panelOrigin`: by
 * which the caller reaches the panel.
 */
export async function createLink(
  ctx: AppContext,
  user: Pick<UserRecord, "id" | "passwordHash">,
  panelOrigin: string,
): Promise<ResetLink> {
  const code = newSecret(ctx.host);
  const page = user.passwordHash === null ? "/invite" : "/reset-password";
  const url = `${ctx.runtime.addresses.handedOn(panelOrigin)}${page}#code=${code}`;
  const lifetime = user.passwordHash === null ? INVITATION_MS : LINK_MS;
  const expiresAt = new Date(ctx.host.now() + lifetime).toISOString();
  await ctx.store.saveLink({ userId: user.id, codeHash: hashSecret(code), expiresAt });
  return { code, url, expiresAt };
}

/** Tells whom a link is for, without using it up. Throws LINK_INVALID, TOO_MANY_ATTEMPTS. */
export async function readLink(
  ctx: AppContext,
  { code }: { code: string },
  from: Redeeming,
): Promise<LinkHolder> {
  const { link, user } = await validLink(ctx, code, from);
  const { username, displayName } = user;
  const { expiresAt } = link;
  return { username, displayName, invited: user.passwordHash === null, expiresAt };
}

/**
 * Sets a new password and, by default, revokes all sessions and API tokens of the link's user. Does
 * not log in, so a second factor is still required. Throws LINK_INVALID, PASSWORD_WEAK,
 * TOO_MANY_ATTEMPTS.
 */
export async function redeemLink(
  ctx: AppContext,
  input: { code: string; password: string; revokeOthers?: boolean | undefined },
  from: Redeeming,
): Promise<{ username: string }> {
  const { link, user } = await validLink(ctx, input.code, from);
  await requireGoodPassword(input.password, user.username);
  const passwordHash = await hashPassword(input.password);
  if (!(await ctx.store.takeLink(link.codeHash))) throw invalid();
  await ctx.store.updateUser(user.id, { passwordHash });
  if (input.revokeOthers ?? true) await revokeAll(ctx, user.id, null);
  return { username: user.username };
}

/** The link that a code belongs to, and its user. The code is found by its hash only. */
async function validLink(
  ctx: AppContext,
  code: string,
  { origin, audit }: Redeeming,
): Promise<{ link: LinkRecord; user: UserRecord }> {
  const attempt = ctx.access.attempts.begin([
    { key: `link ${addressGroup(origin.address)}`, free: 10 },
  ]);
  const link = await ctx.store.findLink(hashSecret(code));
  const user = link && (await ctx.store.findUserById(link.userId));
  const isOver = link && Date.parse(link.expiresAt) <= ctx.host.now();
  if (!link || !user || user.disabled || isOver) throw invalid();
  attempt.succeeded();
  audit.user = user.username;
  return { link, user };
}

function invalid(): DomainError {
  return new DomainError(
    "LINK_INVALID",
    "This link was used, replaced or has run out. If you have chosen a password already, log in with it; else ask an administrator for a new link.",
  );
}
