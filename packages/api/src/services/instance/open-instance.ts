import type { InstanceId } from "@claw/core/instance";
import type { OpenLink } from "@claw/core/instance-views";
import { readToken } from "@claw/core/openclaw-config";
import type { AppContext } from "../../context.ts";
import { notServed } from "../opening/enter-instance.ts";
import { requireRunning } from "../opening/require-running.ts";
import type { OpenAccess } from "../runtime/open-tickets.ts";
import { findInstance } from "./find-instance.ts";
import { readConfig } from "./read-config.ts";

interface OpenInput {
  id: InstanceId;
  access?: OpenAccess | undefined;
}

/**
 * A link that opens the Control UI connected: the panel's page that signs its reader on, which
 * holds no secret and does not expire. For an instance without ingress, its own address with its
 * token in the fragment, which browsers do not send to servers.
 */
export async function openInstance(
  ctx: AppContext,
  { id, access }: OpenInput,
  panelOrigin: string,
): Promise<OpenLink> {
  const spec = await findInstance(ctx, id);
  if (spec.ingress) {
    if (!ctx.runtime.addresses.site()) throw notServed(id);
    requireRunning(ctx, id);
    const query = access === undefined ? "" : `?access=${access}`;
    return { url: `${panelOrigin}/open/${id}/${spec.label}${query}`, expiresAt: null };
  }
  const { text } = await readConfig(ctx, id);
  const { url } = requireRunning(ctx, id);
  return { url: `${url}#token=${encodeURIComponent(readToken(text))}`, expiresAt: null };
}
