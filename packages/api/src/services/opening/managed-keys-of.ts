import type { InstanceId } from "@claw/core/instance";
import { controlUiOrigin } from "@claw/core/instance-address";
import { type ManagedKey, managedKeys } from "@claw/core/managed-keys";
import type { AppContext } from "../../context.ts";
import { findInstance } from "../instance/find-instance.ts";
import { trustedBy } from "./gateway-access-of.ts";

/** The keys of an instance's configuration that are the panel's. Throws INSTANCE_NOT_FOUND. */
export async function managedKeysOf(ctx: AppContext, id: InstanceId): Promise<ManagedKey[]> {
  const spec = await findInstance(ctx, id);
  const trusted = trustedBy(ctx, spec);
  if (trusted) return managedKeys({ trusted, origins: [trusted.origin] });
  // Without addresses of instances the gateway still has its ingress.
  if (spec.ingress) return managedKeys(null);
  const origins = [controlUiOrigin(spec.publishHost, spec.port)];
  return managedKeys({ trusted: null, origins });
}
