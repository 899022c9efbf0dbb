import { firstConfig } from "@claw/core/first-config";
import type { InstanceSpec } from "@claw/core/instance";
import { templateNotFound } from "@claw/core/not-found";
import { CONFIG_TEMPLATE, renderConfig } from "@claw/core/openclaw-config";
import { STANDARD_TEMPLATE } from "@claw/core/template-id";
import { valuesOf } from "@claw/core/template-variables";
import type { AppContext, Uses } from "../../context.ts";
import type { TemplateRecord } from "../../store/template-records.ts";
import { newToken, trustedBy } from "../opening/gateway-access-of.ts";

/** The first configuration of an instance, from its template. Throws TEMPLATE_INVALID. */
export async function firstText(ctx: AppContext, spec: InstanceSpec): Promise<string> {
  const token = newToken(ctx);
  const trusted = trustedBy(ctx, spec);
  const record = await recordFor(ctx, spec.template);
  if (record) return firstConfig(record.text, valuesOf(spec, token), trusted !== null);
  const file = await ctx.disk.files.readTemplate(CONFIG_TEMPLATE);
  return renderConfig(file, { ...spec, token, trusted });
}

/** Id of the template for a new instance. Throws TEMPLATE_NOT_FOUND. */
export async function chosenTemplate(ctx: Uses<"store">, id: string | undefined): Promise<string> {
  if (id === undefined) return (await defaultRecord(ctx))?.id ?? STANDARD_TEMPLATE;
  if (id !== STANDARD_TEMPLATE && !(await ctx.store.findTemplate(id))) throw templateNotFound(id);
  return id;
}

/**
 * Null: the file in the panel's folder. A template that was deleted while the creation was cut off
 * makes way for the default one.
 */
async function recordFor(ctx: Uses<"store">, id: string | null): Promise<TemplateRecord | null> {
  const own = id === null ? null : await ctx.store.findTemplate(id);
  return own ?? (id === STANDARD_TEMPLATE ? null : defaultRecord(ctx));
}

async function defaultRecord(ctx: Uses<"store">): Promise<TemplateRecord | null> {
  const records = await ctx.store.listTemplates();
  const standard = records.find(({ id }) => id === STANDARD_TEMPLATE);
  return records.find(({ isDefault }) => isDefault) ?? standard ?? null;
}
