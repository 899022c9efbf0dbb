import type { ProposedPort } from "@claw/core/instance-views";
import type { AppContext } from "../../context.ts";
import { ownAddresses } from "./allocate-instance.ts";

/** The port that a new instance would get now. */
export async function proposePort(ctx: AppContext): Promise<ProposedPort> {
  const { ports } = await ownAddresses(ctx);
  return { port: await ctx.engine.addresses.allocatePort(ports) };
}
