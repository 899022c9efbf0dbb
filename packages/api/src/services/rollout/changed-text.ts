import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { managedIssues } from "@claw/core/managed-issues";
import { wrongKeys } from "@claw/core/managed-keys";
import { type MergePatch, withPatch } from "@claw/core/merge-patch";
import { configMissing } from "@claw/core/not-found";
import type { AppContext } from "../../context.ts";
import { requireValid } from "../instance/check-config.ts";
import { managedKeysOf } from "../opening/managed-keys-of.ts";

export interface TextChange {
  id: InstanceId;
  before: string | null;
  patch: MergePatch;
  /** User name: nobody's checks wait for those of others. */
  by: string | null;
}

/**
 * What a change makes of a configuration, after the same checks as in the editor but for the word of
 * the image itself, which `judgedText` has; `text` is null when it says already what the change says.
 * Throws CONFIG_MISSING, CONFIG_TOO_LARGE, and CONFIG_INVALID, also for a managed key that it would
 * make wrong: the editor puts such a key right before it saves.
 */
export async function changedText(
  ctx: AppContext,
  { id, before, patch, by }: TextChange,
): Promise<{ text: string | null; isChecked: boolean; note: string | null }> {
  if (before === null) throw configMissing(id);
  const text = withPatch(before, patch);
  if (text === before) return { text: null, isChecked: false, note: null };
  await requireManaged(ctx, id, { before, text });
  return { text, ...(await requireValid(ctx, id, text, by)) };
}

/** A key that is wrong already is somebody's choice, which is not this change's to judge. */
async function requireManaged(
  ctx: AppContext,
  id: InstanceId,
  { before, text }: { before: string; text: string },
): Promise<void> {
  const keys = await managedKeysOf(ctx, id);
  const wrong = wrongKeys(text, keys);
  if (wrong.length === 0) return;
  const had = new Set(wrongKeys(before, keys));
  const issues = managedIssues(
    text,
    wrong.filter((key) => !had.has(key)),
  );
  if (issues.length === 0) return;
  const names = issues.map(({ path }) => path).join(", ");
  throw new DomainError(
    "CONFIG_INVALID",
    `The panel sets ${names} itself: with another value nobody might reach the instance, or find its log. Leave it out of the change.`,
    { issues },
  );
}
