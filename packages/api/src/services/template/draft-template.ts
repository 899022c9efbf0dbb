import type { TemplateDraft } from "@claw/core/config-templates";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { templateOf } from "@claw/core/template-of-config";
import type { AppContext } from "../../context.ts";
import { findInstance } from "../instance/find-instance.ts";

/**
 * The configuration of an instance as the text of a template, without whatever is marked as
 * a secret. Saves nothing. Throws INSTANCE_NOT_FOUND, CONFIG_MISSING and CONFIG_INVALID.
 */
export async function draftTemplate(
  ctx: AppContext,
  { id }: { id: InstanceId },
): Promise<TemplateDraft> {
  await findInstance(ctx, id);
  const text = await ctx.disk.storage.readConfig(id);
  if (text !== null) return templateOf(text);
  throw new DomainError(
    "CONFIG_MISSING",
    `The instance ${id} has no openclaw.json from which a template could be made. Choose another instance.`,
  );
}
