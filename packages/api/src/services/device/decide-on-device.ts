import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { reachGateway } from "../opening/reach-gateway.ts";

interface OnRequest {
  id: InstanceId;
  requestId: string;
}

// Each throws as `reachGateway` and `Gateways` do.

/** Lets the device of a request use the instance. */
export async function approveDevice(
  ctx: AppContext,
  { id, requestId }: OnRequest,
): Promise<{ id: InstanceId }> {
  await ctx.runtime.gateways.approve(await reachGateway(ctx, id), requestId);
  return { id };
}

export async function rejectDevice(
  ctx: AppContext,
  { id, requestId }: OnRequest,
): Promise<{ id: InstanceId }> {
  await ctx.runtime.gateways.reject(await reachGateway(ctx, id), requestId);
  return { id };
}

/** Locks a device out; its open connections end. */
export async function removeDevice(
  ctx: AppContext,
  { id, deviceId }: { id: InstanceId; deviceId: string },
): Promise<{ id: InstanceId }> {
  await ctx.runtime.gateways.removeDevice(await reachGateway(ctx, id), deviceId);
  return { id };
}
