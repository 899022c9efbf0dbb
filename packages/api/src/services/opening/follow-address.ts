import { hasReason } from "@claw/core/errors";
import { withOrigin } from "@claw/core/gateway-access";
import type { InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { BY_PANEL, writeInstanceConfig } from "../instance/config-versions.ts";
import { operateIfAllowed } from "../instance/operate-on.ts";

/**
 * Lets the Control UI connect from the instance's address of today: the panel's port or domain may
 * have changed since. Gateways take that over while they run. Leaves a broken configuration as it is.
 */
export async function followAddress(
  ctx: AppContext,
  { id }: Pick<InstanceSpec, "id">,
  origin: string,
): Promise<void> {
  if ((await followed(ctx, id, origin)) === null) return;
  await operateIfAllowed(ctx, id, "saving", async () => {
    const text = await followed(ctx, id, origin);
    if (text === null) return;
    await writeInstanceConfig(ctx, id, text, { author: BY_PANEL });
  });
}

/** The configuration with that address; null: it stays as it is. */
async function followed(ctx: AppContext, id: string, origin: string): Promise<string | null> {
  const text = await ctx.disk.storage.readConfig(id);
  if (text === null) return null;
  try {
    const following = withOrigin(text, origin);
    return following === text ? null : following;
  } catch (error) {
    if (hasReason(error, "CONFIG_INVALID")) return null;
    throw error;
  }
}
