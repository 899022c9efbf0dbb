import { maySee } from "@claw/core/access/viewer";
import type { Identity as GatewayIdentity } from "@claw/core/gateway-access";
import type { InstanceSpec } from "@claw/core/instance";
import { publicOrigin } from "@claw/core/instance-address";
import type { Uses } from "../../context.ts";
import { type Identity, identifySession } from "../access/identify.ts";
import type { OpenAccess } from "../runtime/open-tickets.ts";

type Needed = Uses<"store" | "host" | "log" | "addresses" | "openTickets" | "instanceSessions">;

/** A caller admitted to an instance, and the identity that its gateway sees. */
export interface Admission extends Identity {
  as: GatewayIdentity;
  access: OpenAccess;
}

/**
 * Exchanges a ticket for a session at the instance. The ticket is used up even if it is refused.
 * Null unless it is for this instance, came from the page that it was issued to, and its panel
 * session still may see the instance.
 */
export async function beginInstanceSession(
  ctx: Needed,
  spec: InstanceSpec,
  { ticket: text, from }: { ticket: string; from: string | undefined },
): Promise<string | null> {
  const ticket = ctx.runtime.openTickets.burn(text);
  const site = ctx.runtime.addresses.site();
  if (!ticket || !site || ticket.instanceUid !== spec.uid || ticket.from !== from) return null;
  if (ticket.to !== publicOrigin(spec.label, site)) return null;
  const { sessionId, userId, access, instanceUid, ownership } = ticket;
  const sealed = ctx.runtime.instanceSessions.seal({
    sessionId,
    userId,
    access,
    instanceUid,
    ownership,
  });
  return (await admitToInstance(ctx, spec, sealed)) && sealed;
}

/** The holder of a sealed session; null when it no longer admits to this instance. */
export async function admitToInstance(
  ctx: Needed,
  spec: InstanceSpec,
  sealed: string,
): Promise<Admission | null> {
  const claim = ctx.runtime.instanceSessions.unseal(sealed);
  if (claim?.instanceUid !== spec.uid || claim.ownership !== spec.ownership) return null;
  const identity = await identifySession(ctx, claim);
  if (!identity || !maySee(identity.viewer, spec)) return null;
  const isOwner = spec.owner === identity.viewer.user.id;
  return { ...identity, as: isOwner ? "owner" : "administrator", access: claim.access };
}
