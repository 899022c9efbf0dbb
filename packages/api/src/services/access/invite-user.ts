import type { InvitationLink, ResetLink } from "@claw/core/access/log-in-views";
import type { Invitation } from "@claw/core/access/user";
import { DomainError, messageOf } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import type { UserRecord } from "../../store/access-records.ts";
import { createInstance } from "../instance/create-instance.ts";
import { isStaying } from "../instance/find-instance.ts";
import { createLink } from "./reset-link.ts";
import { newUser } from "./set-up.ts";

/**
 * Makes an account of a member, who cannot log in yet, their instance, and a link to choose a
 * password; on failure nothing remains. For somebody of the same name and display name who has no
 * password yet, completes what is missing, such as after a crash, and replaces the link. Throws
 * USER_EXISTS for anybody else, BUSY, and as `createInstance`.
 */
export async function inviteUser(
  ctx: AppContext,
  invitation: Invitation,
  panelOrigin: string,
): Promise<InvitationLink> {
  const { username } = invitation;
  // A second call would replace the first one's link, or take up an account that is being undone.
  if (ctx.access.inviting.has(username)) throw inProgress(username);
  ctx.access.inviting.add(username);
  try {
    const existing = await ctx.store.findUser(username);
    const { url, expiresAt } = existing
      ? await inviteAgain(ctx, existing, invitation, panelOrigin)
      : await inviteFirst(ctx, invitation, panelOrigin);
    return { url, expiresAt };
  } finally {
    ctx.access.inviting.delete(username);
  }
}

async function inviteFirst(
  ctx: AppContext,
  invitation: Invitation,
  panelOrigin: string,
): Promise<ResetLink> {
  const { username, displayName } = invitation;
  const user = newUser(ctx, { username, displayName, role: "member" });
  await ctx.store.insertUser(user);
  ctx.access.people.set(user);
  try {
    // The instance comes last: it undoes itself, and nobody knows the link before.
    const link = await createLink(ctx, user, panelOrigin);
    await haveInstance(ctx, invitation, user);
    return link;
  } catch (error) {
    await undo(ctx, user);
    throw error;
  }
}

async function inviteAgain(
  ctx: AppContext,
  user: UserRecord,
  invitation: Invitation,
  panelOrigin: string,
): Promise<ResetLink> {
  if (!isSameInvitation(user, invitation)) throw nameTaken(user.username);
  // The link comes last: if the instance fails, the former link stays valid.
  await haveInstance(ctx, invitation, user);
  return createLink(ctx, user, panelOrigin);
}

/** Another display name is probably another person, who must not get this one's account. */
function isSameInvitation(user: UserRecord, { displayName }: Invitation): boolean {
  const isPending = user.passwordHash === null && !user.disabled;
  return isPending && user.role === "member" && user.displayName === displayName;
}

async function haveInstance(
  ctx: AppContext,
  { instance }: Invitation,
  user: UserRecord,
): Promise<void> {
  if (!instance) return;
  const existing = await ctx.store.findInstance(instance.id);
  if (existing && isStaying(existing) && existing.owner === user.id) return;
  await createInstance(ctx, { ...instance, start: true, owner: user.id });
}

/** If it fails, the account stays without a password; another invitation takes it up. */
async function undo(ctx: AppContext, { id, username }: UserRecord): Promise<void> {
  try {
    await ctx.store.deleteUser(id);
    ctx.access.people.delete(id);
  } catch (error) {
    ctx.log.warn(`the account ${username} of a failed invitation stays: ${messageOf(error)}`);
  }
}

function inProgress(username: string): DomainError {
  return new DomainError(
    "BUSY",
    `Another call is inviting ${username} right now. Load the list of users to see the result.`,
  );
}

function nameTaken(username: string): DomainError {
  return new DomainError("USER_EXISTS", `The user name ${username} is taken. Choose another one.`);
}
