import type { Viewer } from "@claw/core/access/viewer";
import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import type { UserRecord } from "../../store/access-records.ts";
import { isPassword } from "./password-hash.ts";

/**
 * Confirms the viewer's identity. Throws PASSWORD_REQUIRED without a password, CREDENTIALS_WRONG
 * and TOO_MANY_ATTEMPTS.
 */
export async function requirePassword(
  ctx: AppContext,
  viewer: Viewer,
  password: string | undefined,
): Promise<UserRecord> {
  if (password === undefined || password === "")
    throw new DomainError("PASSWORD_REQUIRED", "Give your password, too: this asks for it again.");
  const attempt = ctx.access.attempts.begin([{ key: `password ${viewer.user.id}`, free: 5 }]);
  const user = await ctx.store.findUserById(viewer.user.id);
  if (!(await isPassword(password, user?.passwordHash ?? null)) || !user)
    throw new DomainError("CREDENTIALS_WRONG", "This is not your password.");
  attempt.succeeded();
  return user;
}
