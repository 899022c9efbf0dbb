import { identityHeader, takesTrustedProxy } from "@claw/core/gateway-access";
import type { Ingress, InstanceId, InstanceSpec } from "@claw/core/instance";
import { instanceLabel, LABEL_BYTES } from "@claw/core/instance-address";
import { isLoopback } from "../../config.ts";
import type { AppContext } from "../../context.ts";
import type { Host } from "../../host/host.ts";

/**
 * For an instance of this image and port that is to open through the panel: null where it must open
 * by its token. That is so where the panel has no addresses for instances, where it is not known under which address a
 * gateway would see it, and for images that do not state an OpenClaw which takes its users from a
 * proxy: an older one would not start on such a configuration.
 */
export async function newIngress(
  ctx: AppContext,
  { image, publishHost }: Pick<InstanceSpec, "image" | "publishHost"> = ctx.config,
): Promise<Ingress | null> {
  const { addresses, engine, host } = ctx;
  if (!addresses.site() || !engine.capabilities.bridgePeer || !isLoopback(publishHost)) return null;
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
