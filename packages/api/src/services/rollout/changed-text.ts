import type { InstanceId } from "@claw/core/instance";
import { type MergePatch, withPatch } from "@claw/core/merge-patch";
import { configMissing } from "@claw/core/not-found";
import type { AppContext } from "../../context.ts";
import { requireValid } from "../instance/check-config.ts";

export interface TextChange {
  id: InstanceId;
  before: string | null;
  patch: MergePatch;
  /** User name: nobody's checks wait for those of others. */
  by: string | null;
}

/**
 * What a change makes of a configuration, after the same checks as in the editor; `text` is null when
 * it says already what the change says. Throws CONFIG_MISSING, CONFIG_INVALID and CONFIG_TOO_LARGE.
 */
export async function changedText(
  ctx: AppContext,
  { id, before, patch, by }: TextChange,
): Promise<{ text: string | null; note: string | null }> {
  if (before === null) throw configMissing(id);
  const text = withPatch(before, patch);
  if (text === before) return { text: null, note: null };
  const { note } = await requireValid(ctx, id, text, by);
  return { text, note };
}
