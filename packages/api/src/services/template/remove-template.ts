import { DomainError } from "@claw/core/errors";
import { templateNotFound } from "@claw/core/not-found";
import type { AppContext } from "../../context.ts";
import { listTemplates } from "./find-template.ts";

/**
 * Instances that were made from it stay as they are. Throws TEMPLATE_NOT_FOUND, TEMPLATE_IS_DEFAULT,
 * and NOT_SUPPORTED for the one that the panel ships.
 */
export async function removeTemplate(
  ctx: AppContext,
  { id }: { id: string },
): Promise<{ id: string }> {
  const about = (await listTemplates(ctx)).find((one) => one.id === id);
  if (!about) throw templateNotFound(id);
  if (!about.isDefault && !about.isRemovable)
    throw new DomainError(
      "NOT_SUPPORTED",
      `The template ${about.name} comes with the panel and cannot be deleted. Make another one the default instead.`,
    );
  if (about.isDefault || !(await ctx.store.deleteTemplate(id)))
    throw new DomainError(
      "TEMPLATE_IS_DEFAULT",
      `New instances have the template ${about.name}. Make another one the default, then delete it.`,
    );
  return { id };
}
