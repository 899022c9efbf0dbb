import type { InstanceSpec } from "@claw/core/instance";
import { publicOrigin } from "@claw/core/instance-address";
import type { Uses } from "../../context.ts";
import type { GatewayTarget } from "../../gateway/gateway.ts";

/** The gateway as the panel asks it; null when it does not run, or knows no panel. */
export async function findGateway(
  { engine, runtime }: Uses<"addresses" | "engine">,
  { id, label, ingress }: InstanceSpec,
): Promise<GatewayTarget | null> {
  const site = runtime.addresses.site();
  const endpoint = await engine.endpoint(id);
  if (!site || !ingress || !endpoint) return null;
  return { id, endpoint, header: ingress.header, origin: publicOrigin(label, site) };
}
