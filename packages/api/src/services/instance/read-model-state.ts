import { hasReason } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { ModelState } from "@claw/core/instance-views";
import { hasModel } from "@claw/core/model-state";
import { checkConfig } from "@claw/core/openclaw-config";
import type { AppContext } from "../../context.ts";
import { workloadFor } from "./apply-instance.ts";
import { findInstance } from "./find-instance.ts";
import { readConfig } from "./read-config.ts";

/**
 * Whether a model is set up. Null where the configuration is broken: the gateway then runs on the
 * last one that it accepted, which the panel does not read. Throws CONFIG_MISSING and
 * TEMPLATE_INVALID.
 */
export async function readModelState(ctx: AppContext, id: InstanceId): Promise<ModelState> {
  const { environment } = await workloadFor(ctx, await findInstance(ctx, id));
  const { text } = await readConfig(ctx, id);
  try {
    return { isSetUp: hasModel(checkConfig(text), environment) };
  } catch (error) {
    if (hasReason(error, "CONFIG_INVALID")) return { isSetUp: null };
    throw error;
  }
}
