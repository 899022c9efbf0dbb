import type { NewUser, User, UserPatch } from "@claw/core/access/user";
import type { Viewer } from "@claw/core/access/viewer";
import type { AppContext } from "../../context.ts";
import type { UserRecord, UserRecordPatch } from "../../store/access-records.ts";
import { findUser } from "./find-user.ts";
import { hashPassword } from "./password-hash.ts";
import { requireGoodPassword } from "./require-good-password.ts";
import { NO_FACTOR } from "./second-factor.ts";
import { newUser } from "./set-up.ts";

/** Sorted by name. */
export async function listUsers(ctx: AppContext): Promise<User[]> {
  const owned = Map.groupBy(await ctx.store.listInstances(), ({ owner }) => owner);
  const users = await ctx.store.listUsers();
  return users.map((user) => asUser(user, owned.get(user.id) ?? []));
}

/** Throws USER_EXISTS, PASSWORD_WEAK. */
export async function createUser(ctx: AppContext, input: NewUser): Promise<User> {
  const { password, ...account } = input;
  const user = newUser(ctx, account);
  if (password !== undefined) {
    await requireGoodPassword(password, user.username);
    user.passwordHash = await hashPassword(password);
  }
  await ctx.store.insertUser(user);
  ctx.access.people.set(user);
  return asUser(user, []);
}

/**
 * Changes a user's name, role or state. Disabling or a role change ends the user's streams;
 * disabling also ends the sessions and a one-time link. Throws USER_NOT_FOUND, LAST_ADMINISTRATOR.
 */
export async function updateUser(
  ctx: AppContext,
  username: string,
  { totp, ...patch }: UserPatch,
): Promise<User> {
  const before = await findUser(ctx, username);
  const change: UserRecordPatch = { ...patch, ...(totp === false ? NO_FACTOR : {}) };
  const user = await ctx.store.updateUser(before.id, change);
  if (user.disabled) {
    await ctx.store.deleteLinkOf(user.id);
    await ctx.store.deleteSessionsOf(user.id, null);
  }
  if (user.disabled || user.role !== before.role)
    ctx.access.streams.end(({ viewer }) => viewer.user.id === user.id);
  const instances = await ctx.store.listInstances();
  return asUser(
    user,
    instances.filter(({ owner }) => owner === user.id),
  );
}

/** Changes the viewer's own display name. */
export async function updateProfile(
  ctx: AppContext,
  viewer: Viewer,
  { displayName }: { displayName: string },
): Promise<void> {
  await ctx.store.updateUser(viewer.user.id, { displayName });
}

/**
 * Deletes a user with sessions and tokens; their instances stay, unassigned. Throws USER_NOT_FOUND,
 * LAST_ADMINISTRATOR.
 */
export async function removeUser(ctx: AppContext, username: string): Promise<{ username: string }> {
  const user = await findUser(ctx, username);
  const owned = (await ctx.store.listInstances()).filter(({ owner }) => owner === user.id);
  await ctx.store.deleteUser(user.id);
  ctx.access.people.delete(user.id);
  ctx.access.streams.end(({ viewer }) => viewer.user.id === user.id);
  for (const { id } of owned) {
    const spec = await ctx.store.findInstance(id);
    if (spec) ctx.runtime.live.board.setSpec(spec);
  }
  return { username };
}

function asUser(user: UserRecord, instances: readonly { id: string }[]): User {
  return {
    username: user.username,
    displayName: user.displayName,
    role: user.role,
    disabled: user.disabled,
    hasPassword: user.passwordHash !== null,
    hasTotp: user.totpSecret !== null,
    instanceIds: instances.map(({ id }) => id),
    lastLoginAt: user.lastLoginAt,
    createdAt: user.createdAt,
  };
}
