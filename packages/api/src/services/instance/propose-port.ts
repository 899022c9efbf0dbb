import type { ProposedPort } from "@claw/core/instance-views";
import type { AppContext } from "../../context.ts";
import { findFreePort } from "./allocate-instance.ts";

/** The port that a new instance would get now. */
export async function proposePort(ctx: AppContext): Promise<ProposedPort> {
  return { port: await findFreePort(ctx, await ctx.engine.survey()) };
}
