import { messageOf } from "@claw/core/errors";
import type { Uses } from "../../context.ts";
import { hashPassword } from "./password-hash.ts";
import { requireGoodPassword } from "./require-good-password.ts";
import { newUser } from "./set-up.ts";

/** The account that CLAW_ADMIN_PASSWORD creates. */
const USERNAME = "admin";

/**
 * Creates the account `admin` with the password given at start-up; leaves an existing one
 * unchanged. Throws an Error that names the variable, but not its value.
 */
export async function makeFirstAccount(
  ctx: Uses<"store" | "host" | "access">,
  password: string,
): Promise<void> {
  if (await ctx.store.findUser(USERNAME)) return;
  try {
    await requireGoodPassword(password, USERNAME);
  } catch (error) {
    throw new Error(`CLAW_ADMIN_PASSWORD cannot be used. ${messageOf(error)}`);
  }
  const account = { username: USERNAME, displayName: "Admin", role: "administrator" } as const;
  const user = { ...newUser(ctx, account), passwordHash: await hashPassword(password) };
  await ctx.store.insertUser(user);
  ctx.access.people.set(user);
}
