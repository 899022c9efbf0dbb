import { type ConfigForms, describeForms } from "@claw/core/config-forms/describe-forms";
import { prepareSchema } from "@claw/core/config-schema/prepare-schema";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { schemaFor } from "./check-config.ts";
import { findInstance } from "./find-instance.ts";

/**
 * The forms of the instance's OpenClaw. Half a minute for an image that is new, as its schema is
 * printed first. Throws INSTANCE_NOT_FOUND.
 */
export async function configForms(ctx: AppContext, id: InstanceId): Promise<ConfigForms> {
  const spec = await findInstance(ctx, id);
  try {
    const schema: unknown = JSON.parse(await (await schemaFor(ctx, spec)).text());
    return { forms: describeForms(prepareSchema(schema)), hindrance: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { forms: [], hindrance: { reason: error.reason, message: error.message } };
  }
}
