import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";
import type { UserRecord } from "../../store/access-records.ts";

/** Throws USER_NOT_FOUND. */
export async function findUser(ctx: AppContext, username: string): Promise<UserRecord> {
  const user = await ctx.store.findUser(username);
  if (user) return user;
  throw new DomainError("USER_NOT_FOUND", "There is no such user. Load the list again.");
}
