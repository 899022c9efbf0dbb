import type { AccessState } from "@claw/core/access/log-in-views";
import type { AppContext } from "../../context.ts";
import { identify } from "./identify.ts";

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
