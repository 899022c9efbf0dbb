import type { Viewer } from "@claw/core/access/viewer";
import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import type { UserRecord } from "../../store/access-records.ts";
import { isPassword } from "./password-hash.ts";

/** That it is really they who sit there. Throws CREDENTIALS_WRONG, TOO_MANY_TRIES. */
export async function requirePassword(
  ctx: AppContext,
  viewer: Viewer,
  password: string,
): Promise<UserRecord> {
  const attempt = ctx.access.tries.begin([{ key: `password ${viewer.user.id}`, free: 5 }]);
  const user = await ctx.store.findUserById(viewer.user.id);
  if (!(await isPassword(password, user?.passwordHash ?? null)) || !user)
    throw new DomainError("CREDENTIALS_WRONG", "This is not your password.");
  attempt.succeeded();
  return user;
}
