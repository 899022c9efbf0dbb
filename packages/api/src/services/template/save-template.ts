import type { ConfigTemplate, TemplateChange } from "@claw/core/config-templates";
import { DomainError } from "@claw/core/errors";
import { isSameLabel } from "@claw/core/label-rules";
import { templateNotFound } from "@claw/core/not-found";
import { STANDARD_TEMPLATE } from "@claw/core/template-id";
import type { AppContext } from "../../context.ts";
import { timestamp } from "../../host/host.ts";
import type { TemplateRecord } from "../../store/template-records.ts";
import { revisionOf } from "../instance/config-revision.ts";
import { requireValidTemplate } from "./check-template.ts";
import { readTemplate, STANDARD_NAME, standardText } from "./find-template.ts";

const ID_BYTES = 8;

/**
 * Makes or changes a template. Throws CONFIG_INVALID with the issues of its text, TEMPLATE_EXISTS
 * for the name of another one, TEMPLATE_NOT_FOUND, and REVISION_MISMATCH when its text was changed
 * since it was read.
 */
export async function saveTemplate(
  ctx: AppContext,
  input: TemplateChange,
  by: string,
): Promise<ConfigTemplate> {
  const { name, text } = input;
  const id = input.id ?? ctx.host.randomHex(ID_BYTES);
  const isStandard = id === STANDARD_TEMPLATE;
  if (!isStandard && isSameLabel(name, STANDARD_NAME)) throw nameTaken();
  await requireValidTemplate(ctx, text);
  const standard = isStandard ? await standardText(ctx).catch(brokenFile) : null;
  const build = (present: TemplateRecord | null): TemplateRecord | null => {
    const before = present?.text ?? standard;
    if (input.id !== undefined && before === null) throw templateNotFound(id);
    const basis = before === null ? undefined : input.revision;
    if (basis !== undefined && basis !== revisionOf(before ?? "")) throw changedMeanwhile();
    // As the panel ships it, it follows the panel's folder.
    const isAsShipped = isStandard && text === standard && name === STANDARD_NAME;
    if (isAsShipped && present === null) return null;
    return { id, name, text, isDefault: false, updatedAt: timestamp(ctx.host), updatedBy: by };
  };
  await ctx.store.saveTemplate(id, { build, makeDefault: input.isDefault ?? false });
  return readTemplate(ctx, { id });
}

/** A text saved on the page replaces a file that renders to nothing. */
function brokenFile(error: unknown): string {
  if (error instanceof DomainError && error.reason === "TEMPLATE_INVALID") return "";
  throw error;
}

function nameTaken(): DomainError {
  return new DomainError(
    "TEMPLATE_EXISTS",
    "The template that the panel ships has this name. Choose another name.",
  );
}

function changedMeanwhile(): DomainError {
  return new DomainError(
    "REVISION_MISMATCH",
    "Somebody else has changed the template since you opened it. Copy your text, load the template again and repeat your change; nothing was overwritten.",
  );
}
