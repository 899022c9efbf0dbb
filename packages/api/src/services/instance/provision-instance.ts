import { hasReason } from "@claw/core/errors";
import type { InstanceSpec } from "@claw/core/instance";
import { parseJson5Object } from "@claw/core/json5-edit";
import { CONFIG_TEMPLATE, renderConfig, retargetOrigins } from "@claw/core/openclaw-config";
import type { AppContext } from "../../context.ts";

/** The gateway's token: 32 random bytes, in hexadecimal. */
const TOKEN_BYTES = 32;

/**
 * Creates folders and configuration of an instance. Reuses data kept from a deleted instance of
 * this id, including its token; only the origins follow the port.
 */
export async function provisionInstance(ctx: AppContext, spec: InstanceSpec): Promise<void> {
  await ctx.disk.storage.createInstance(spec.id);
  const present = await ctx.disk.storage.readConfig(spec.id);
  if (present !== null) await retargetConfig(ctx, spec, present, null);
  else {
    const template = await ctx.disk.files.readTemplate(CONFIG_TEMPLATE);
    const token = ctx.host.randomHex(TOKEN_BYTES);
    await ctx.disk.storage.writeConfig(spec.id, renderConfig(template, { ...spec, token }));
  }
}

/**
 * Lets the Control UI open on the port of `spec` instead of `from`. Leaves a broken configuration
 * as it is.
 */
export async function retargetConfig(
  ctx: AppContext,
  spec: InstanceSpec,
  text: string,
  from: number | null,
): Promise<void> {
  try {
    parseJson5Object(text);
  } catch (error) {
    if (hasReason(error, "CONFIG_INVALID")) return;
    throw error;
  }
  const retargeted = retargetOrigins(text, from, spec.port, spec.publishHost);
  if (retargeted === text) return;
  await ctx.runtime.live.saved.overwrite(spec.id, () =>
    ctx.disk.storage.writeConfig(spec.id, retargeted),
  );
}
