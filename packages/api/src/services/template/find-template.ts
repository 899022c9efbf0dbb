import type { ConfigTemplate, TemplateSummary } from "@claw/core/config-templates";
import { standardTemplate } from "@claw/core/first-config";
import { templateNotFound } from "@claw/core/not-found";
import { CONFIG_TEMPLATE } from "@claw/core/openclaw-config";
import { STANDARD_TEMPLATE } from "@claw/core/template-id";
import type { Uses } from "../../context.ts";
import type { TemplateRecord } from "../../store/template-records.ts";
import { revisionOf } from "../instance/config-revision.ts";

/** Of the template in the panel's folder, until somebody renames it. In both languages, as its text. */
export const STANDARD_NAME = "标准 Standard";

/** The standard one first, then by name. */
export async function listTemplates(ctx: Uses<"store">): Promise<TemplateSummary[]> {
  const records = await ctx.store.listTemplates();
  const isStandard = ({ id }: TemplateRecord) => id === STANDARD_TEMPLATE;
  const hasDefault = records.some(({ isDefault }) => isDefault);
  const standard = records.find(isStandard) ?? shipped(!hasDefault);
  const others = records.filter((one) => !isStandard(one)).sort(byName);
  return [{ ...standard, isDefault: standard.isDefault || !hasDefault }, ...others].map(summary);
}

/** Throws TEMPLATE_NOT_FOUND, and TEMPLATE_INVALID for a broken file in the panel's folder. */
export async function readTemplate(
  ctx: Uses<"store" | "files">,
  { id }: { id: string },
): Promise<ConfigTemplate> {
  const about = (await listTemplates(ctx)).find((one) => one.id === id);
  if (!about) throw templateNotFound(id);
  const text = (await ctx.store.findTemplate(id))?.text ?? (await standardText(ctx));
  return { ...about, text, revision: revisionOf(text) };
}

/** The text of the standard template while nobody has changed it on the page. */
export async function standardText({ disk }: Uses<"files">): Promise<string> {
  return standardTemplate(await disk.files.readTemplate(CONFIG_TEMPLATE));
}

type Head = Omit<TemplateSummary, "isRemovable">;

function shipped(isDefault: boolean): Head {
  return {
    id: STANDARD_TEMPLATE,
    name: STANDARD_NAME,
    isDefault,
    updatedAt: null,
    updatedBy: null,
  };
}

function summary({ id, name, isDefault, updatedAt, updatedBy }: Head): TemplateSummary {
  return { id, name, isDefault, isRemovable: id !== STANDARD_TEMPLATE, updatedAt, updatedBy };
}

const byName = (one: TemplateRecord, other: TemplateRecord) =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
