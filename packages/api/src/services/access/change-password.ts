import type { Viewer } from "@claw/core/access/viewer";
import type { AppContext } from "../../context.ts";
import { hashPassword } from "./password-hash.ts";
import { requireGoodPassword } from "./require-good-password.ts";
import { requirePassword } from "./require-password.ts";
import { endSessions } from "./sessions.ts";

/**
 * Changes one's own password and ends one's other sessions. Throws CREDENTIALS_WRONG when the
 * old one is wrong, and PASSWORD_WEAK.
 */
export async function changePassword(
  ctx: AppContext,
  viewer: Viewer,
  input: { password: string; newPassword: string },
): Promise<void> {
  const user = await requirePassword(ctx, viewer, input.password);
  await requireGoodPassword(input.newPassword, user.username);
  await ctx.store.updateUser(user.id, { passwordHash: await hashPassword(input.newPassword) });
  await endSessions(ctx, user.id, viewer.id);
}
