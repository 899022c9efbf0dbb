import { identityHeader, takesTrustedProxy } from "@claw/core/gateway-access";
import type { Ingress, InstanceId, InstanceSpec } from "@claw/core/instance";
import { instanceLabel, LABEL_BYTES } from "@claw/core/instance-address";
import type { AppContext } from "../../context.ts";
import type { Host } from "../../host/host.ts";
import { isLoopback } from "../../network-config.ts";

/**
 * Whether the panel can serve an instance of this port. Not where it has no addresses for instances,
 * or where it is not known under which address a gateway would see it.
 */
function isWithinReach(
  { addresses, engine }: Serving,
  { publishHost }: Pick<InstanceSpec, "publishHost">,
): boolean {
  return addresses.site() !== null && engine.capabilities.bridgePeer && isLoopback(publishHost);
}

type Serving = Pick<AppContext, "engine"> & Pick<AppContext["runtime"], "addresses">;

/**
 * Whether an instance whose image states this OpenClaw can open through the panel: one which takes
 * its users from a proxy. An older one would not start on such a configuration.
 */
export function canServe(
  serving: Serving,
  spec: Pick<InstanceSpec, "publishHost">,
  version: string | null,
): boolean {
  return isWithinReach(serving, spec) && takesTrustedProxy(version);
}

/** For an instance that is to open through the panel; null where it must open by its token. */
export async function newIngress(
  ctx: AppContext,
  spec: Pick<InstanceSpec, "image" | "publishHost"> = ctx.config,
): Promise<Ingress | null> {
  const { engine, host, runtime } = ctx;
  if (!isWithinReach({ engine, ...runtime }, spec)) return null;
  const found = await engine.images.find(spec.image);
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
