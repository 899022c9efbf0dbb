import type { InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { applyInstance } from "./apply-instance.ts";
import { provisionInstance } from "./provision-instance.ts";
import { updateInstance } from "./update-instance.ts";

/** Creates everything that a stored instance needs. Can be repeated after an interruption. */
export async function finishCreation(ctx: AppContext, spec: InstanceSpec): Promise<void> {
  await provisionInstance(ctx, spec);
  await applyInstance(ctx, spec);
  await updateInstance(ctx, spec.id, { phase: "ready" });
}
