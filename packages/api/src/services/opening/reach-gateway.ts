import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import type { GatewayTarget } from "../../gateway/gateway.ts";
import { gatewaySilent } from "../../gateway/gateway-errors.ts";
import { findInstance } from "../instance/find-instance.ts";
import { notServed } from "./enter-instance.ts";
import { findGateway } from "./find-gateway.ts";
import { requireRunning } from "./require-running.ts";

/**
 * The gateway of an instance, for a question that somebody asked. Throws INSTANCE_NOT_FOUND,
 * NOT_SUPPORTED for an instance that opens by its token, INSTANCE_NOT_RUNNING and GATEWAY_SILENT.
 */
export async function reachGateway(ctx: AppContext, id: InstanceId): Promise<GatewayTarget> {
  const spec = await findInstance(ctx, id);
  if (!spec.ingress)
    throw new DomainError(
      "NOT_SUPPORTED",
      `The instance ${id} opens by its token, so its gateway takes no questions from the panel. Let it open through the panel first: select it in the list and choose that action.`,
    );
  if (!ctx.runtime.addresses.site()) throw notServed(id);
  requireRunning(ctx, id);
  const gateway = await findGateway(ctx, spec);
  if (!gateway) throw gatewaySilent({ id });
  return gateway;
}
