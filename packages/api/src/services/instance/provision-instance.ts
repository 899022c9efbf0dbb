import { hasReason } from "@claw/core/errors";
import type { InstanceSpec } from "@claw/core/instance";
import { parseJson5Object } from "@claw/core/json5-edit";
import type { AppContext } from "../../context.ts";
import { fitConfig } from "../opening/gateway-access-of.ts";
import { firstText } from "../template/first-text.ts";
import { BY_PANEL, writeInstanceConfig } from "./config-versions.ts";

/**
 * Creates folders and configuration of an instance. Reuses data kept from a deleted instance of
 * this id, including its token; only access and origins follow the new instance.
 */
export async function provisionInstance(ctx: AppContext, spec: InstanceSpec): Promise<void> {
  await ctx.disk.storage.createInstance(spec.id);
  const present = await ctx.disk.storage.readConfig(spec.id);
  if (present !== null) await retargetConfig(ctx, spec, present, null);
  else {
    const text = fitConfig(ctx, spec, await firstText(ctx, spec), spec.port);
    await writeInstanceConfig(ctx, spec.id, text, { author: BY_PANEL });
  }
}

/**
 * Lets the Control UI open at the address of `spec`, on its port instead of `from`. Leaves a
 * broken configuration as it is.
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
  const retargeted = fitConfig(ctx, spec, text, from);
  if (retargeted === text) return;
  await writeInstanceConfig(ctx, spec.id, retargeted, { author: BY_PANEL });
}
