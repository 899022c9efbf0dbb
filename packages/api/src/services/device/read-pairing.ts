import type { InstanceId } from "@claw/core/instance";
import type { Pairing } from "@claw/core/pairing";
import type { AppContext } from "../../context.ts";
import { reachGateway } from "../opening/reach-gateway.ts";

/** The devices of an instance. Throws as `reachGateway` and `Gateways` do. */
export async function readPairing(ctx: AppContext, id: InstanceId): Promise<Pairing> {
  return ctx.runtime.gateways.pairing(await reachGateway(ctx, id));
}
