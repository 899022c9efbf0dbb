import { type GatewayAccess, trustedAuth, withAccess } from "@claw/core/gateway-access";
import type { InstanceSpec } from "@claw/core/instance";
import { publicOrigin } from "@claw/core/instance-address";
import { retargetOrigins } from "@claw/core/openclaw-config";
import { gatewayOf } from "@claw/core/subnet-allocation";
import type { AppContext, Uses } from "../../context.ts";

/** The gateway's token: 32 random bytes, in hexadecimal. */
const TOKEN_BYTES = 32;

export function newToken({ host }: Pick<AppContext, "host">): string {
  return host.randomHex(TOKEN_BYTES);
}

/** The proxy that a configuration of the instance must trust; null: its token decides. */
export function trustedBy({ runtime }: Uses<"addresses">, spec: InstanceSpec) {
  const site = runtime.addresses.site();
  if (!spec.ingress || !site) return null;
  const { header } = spec.ingress;
  const origin = publicOrigin(spec.label, site);
  return { header, peer: gatewayOf(spec.subnet), origin, auth: trustedAuth(header) };
}

/**
 * `text` fitted to its instance: access and origins follow the spec. `portBefore`: the port in the
 * text, if known. Throws CONFIG_INVALID.
 */
export function fitConfig(
  ctx: Uses<"addresses" | "host">,
  spec: InstanceSpec,
  text: string,
  portBefore: number | null,
): string {
  // Without addresses of instances the gateway still has its ingress, and nobody can open it.
  if (spec.ingress && !ctx.runtime.addresses.site()) return text;
  const access: GatewayAccess = { trusted: trustedBy(ctx, spec), newToken: () => newToken(ctx) };
  const fitting = withAccess(text, access);
  return access.trusted
    ? fitting
    : retargetOrigins(fitting, portBefore, spec.port, spec.publishHost);
}
