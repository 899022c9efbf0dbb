import { hasReason } from "@claw/core/errors";
import type { InstanceSpec } from "@claw/core/instance";
import { parseJson5Object } from "@claw/core/json5-edit";
import { CONFIG_TEMPLATE, renderConfig, retargetOrigins } from "@claw/core/openclaw-config";
import type { AppContext } from "../../context.ts";

/** 32 random bytes as hexadecimal text: what the gateway's token is made of. */
const TOKEN_BYTES = 32;

/**
 * Makes folders and configuration of an instance. Data that was kept when an instance of this id
 * was deleted is taken up again, with its token; only the origins follow the port.
 */
export async function provisionInstance(ctx: AppContext, spec: InstanceSpec): Promise<void> {
  await ctx.files.createInstance(spec.id);
  const present = await ctx.files.readConfig(spec.id);
  if (present !== null) await retargetConfig(ctx, spec, present, null);
  else {
    const template = await ctx.files.readTemplate(CONFIG_TEMPLATE);
    const token = ctx.host.randomHex(TOKEN_BYTES);
    await ctx.files.writeConfig(spec.id, renderConfig(template, { ...spec, token }));
  }
}

/**
 * Lets the Control UI be opened on the port of `spec` instead of `from`. A configuration that is
 * broken stays so.
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
  await ctx.live.saved.overwrite(spec.id, () => ctx.files.writeConfig(spec.id, retargeted));
}
