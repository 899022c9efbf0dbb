import { identityHeader, takesTrustedProxy } from "@claw/core/gateway-access";
import type { Ingress, InstanceId, InstanceSpec } from "@claw/core/instance";
import { instanceLabel, LABEL_BYTES } from "@claw/core/instance-address";
import { isLoopback } from "../../config.ts";
import type { AppContext } from "../../context.ts";
import type { Host } from "../../host/host.ts";

/**
 * The ingress of an instance that opens through the panel. Null where it must open by its token: the
 * panel has no addresses for instances, nobody knows under which address a gateway would see the
 * panel, or the image does not state an OpenClaw that takes its users from a proxy. An older one
 * would not start on such a configuration.
 */
export async function newIngress(
  ctx: AppContext,
  { image, publishHost }: Pick<InstanceSpec, "image" | "publishHost"> = ctx.config,
): Promise<Ingress | null> {
  const { engine, host, runtime } = ctx;
  if (!runtime.addresses.site() || !engine.capabilities.bridgePeer || !isLoopback(publishHost))
    return null;
  const found = await engine.findImage(image);
  if (!takesTrustedProxy(found?.version ?? null)) return null;
  return {
    header: identityHeader(host.randomHex(16)),
    password: host.randomHex(32),
    proven: false,
  };
}

export function newLabel(host: Pick<Host, "randomHex">, id: InstanceId): string {
  return instanceLabel(id, host.randomHex(LABEL_BYTES));
}
