import type { Account } from "@claw/core/access/user";
import type { AppContext } from "../../context.ts";
import { identify } from "./identify.ts";

/** State that the page needs before anything else. */
export interface AccessState {
  /** False until the first account exists. */
  initialized: boolean;
  /** Null without a session. */
  user: (Account & { hasTotp: boolean; recoveryCodesLeft: number }) | null;
}

export async function readState(ctx: AppContext, bearer: string | null): Promise<AccessState> {
  const initialized = ctx.access.people.isAnybody();
  const identity = await identify(ctx, bearer);
  const user = identity && (await ctx.store.findUserById(identity.viewer.user.id));
  if (!user) return { initialized, user: null };
  const { username, displayName, role } = user;
  const factor = {
    hasTotp: user.totpSecret !== null,
    recoveryCodesLeft: user.recoveryHashes.length,
  };
  return { initialized, user: { username, displayName, role, ...factor } };
}
