import { channelStatus, type InstanceChannels } from "@claw/core/channel-status";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { findInstance } from "../instance/find-instance.ts";
import { sharedChannels } from "../instance/shared-channels.ts";
import { reachGateway } from "../opening/reach-gateway.ts";

/** The channels of an instance as its gateway sees them now. Throws INSTANCE_NOT_FOUND. */
export async function readChannels(ctx: AppContext, id: InstanceId): Promise<InstanceChannels> {
  await findInstance(ctx, id);
  const [asked, text] = await Promise.all([askGateway(ctx, id), ctx.disk.storage.readConfig(id)]);
  return { ...asked, warnings: text === null ? [] : await sharedChannels(ctx, id, text) };
}

async function askGateway(
  ctx: AppContext,
  id: InstanceId,
): Promise<Pick<InstanceChannels, "channels" | "hindrance">> {
  try {
    const accounts = await ctx.runtime.gateways.channels(await reachGateway(ctx, id));
    return { channels: accounts.map(channelStatus), hindrance: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { channels: [], hindrance: { reason: error.reason, message: error.message } };
  }
}
