import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { OpenLink } from "@claw/core/instance-views";
import { readToken } from "@claw/core/openclaw-config";
import type { AppContext } from "../../context.ts";
import { readConfig } from "./read-config.ts";

/**
 * A link that opens the Control UI connected. The token is in the fragment, which browsers do not
 * send to servers; a link to this machine is valid as long as the token is.
 */
export async function openInstance(ctx: AppContext, id: InstanceId): Promise<OpenLink> {
  const { text } = await readConfig(ctx, id);
  const instance = ctx.runtime.live.board.get(id);
  if (instance.status !== "running")
    throw new DomainError(
      "INSTANCE_NOT_RUNNING",
      `The instance ${id} does not run (${instance.status}). Start it and wait until it runs.`,
    );
  return { url: `${instance.url}#token=${encodeURIComponent(readToken(text))}`, expiresAt: null };
}
