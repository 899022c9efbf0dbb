import type { Viewer } from "@claw/core/access/viewer";
import type { AppContext } from "../../context.ts";
import { hashPassword } from "./password-hash.ts";
import { requireGoodPassword } from "./require-good-password.ts";
import { requirePassword } from "./require-password.ts";
import { revokeAll } from "./tokens.ts";

/**
 * Changes the viewer's password and, by default, revokes all else that could act for them: other
 * sessions, API tokens, a one-time link. Throws CREDENTIALS_WRONG if the old password is wrong, and
 * PASSWORD_WEAK.
 */
export async function changePassword(
  ctx: AppContext,
  viewer: Viewer,
  input: { password: string; newPassword: string; revokeOthers?: boolean | undefined },
): Promise<void> {
  const user = await requirePassword(ctx, viewer, input.password);
  await requireGoodPassword(input.newPassword, user.username);
  await ctx.store.updateUser(user.id, { passwordHash: await hashPassword(input.newPassword) });
  if (input.revokeOthers ?? true) await revokeAll(ctx, user.id, viewer.id);
}
