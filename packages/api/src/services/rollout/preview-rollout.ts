import type { Viewer } from "@claw/core/access/viewer";
import { changedPaths, configEffect, restartsItself } from "@claw/core/config-effect";
import type { RolloutDraft, RolloutItem, RolloutPreview } from "@claw/core/config-rollout";
import type { ConfigIssue } from "@claw/core/config-views";
import { DomainError } from "@claw/core/errors";
import type { Instance } from "@claw/core/instance";
import { parseJson5Object } from "@claw/core/json5-edit";
import pLimit from "p-limit";
import type { AppContext } from "../../context.ts";
import { changedText, type TextChange } from "./changed-text.ts";
import { chosenInstances } from "./chosen-instances.ts";
import { sharedAfter } from "./shared-after.ts";

/** The change, and the user who asks for it. */
type Change = Pick<TextChange, "patch" | "by">;

/** Reads and checks beside one another. */
const AT_ONCE = 8;
/** UTF-16 units of all texts in one answer; the largest configuration alone always fits. */
const TEXTS_MAX_LENGTH = 4 * 1024 * 1024;

/** Applies a change to each configuration without writing anything. */
export async function previewRollout(
  ctx: AppContext,
  { patch, ...target }: RolloutDraft,
  viewer: Viewer,
): Promise<RolloutPreview> {
  const chosen = chosenInstances(ctx, viewer, target);
  const items = await previewAll(ctx, chosen, { patch, by: viewer.user.username });
  let room = TEXTS_MAX_LENGTH;
  const instances = items.map((item) => {
    const length = (item.before ?? "").length + (item.after ?? "").length;
    if (length > room) return { ...item, before: null, after: null };
    room -= length;
    return item;
  });
  return { instances, shared: await sharedAfter(ctx, viewer, items) };
}

export function previewAll(
  ctx: AppContext,
  instances: readonly Instance[],
  change: Change,
): Promise<RolloutItem[]> {
  const limit = pLimit(AT_ONCE);
  return Promise.all(instances.map((one) => limit(() => previewOne(ctx, one, change))));
}

async function previewOne(
  ctx: AppContext,
  { id, name, status }: Instance,
  change: Change,
): Promise<RolloutItem> {
  const item: RolloutItem = {
    ...{ id, name, changed: false, valid: true, problem: null, issues: [], paths: [] },
    ...{ effect: null, restartsItself: false, note: null, before: null, after: null },
  };
  try {
    const before = await ctx.disk.storage.readConfig(id);
    const { text: after, note } = await changedText(ctx, { ...change, id, before });
    if (before === null || after === null) return item;
    const [was, becomes] = [parseJson5Object(before), parseJson5Object(after)];
    const effect = configEffect(was, becomes, status === "running" || status === "starting");
    const paths = changedPaths(was, becomes);
    const itself = effect === "restart" && restartsItself(becomes);
    return { ...item, changed: true, paths, effect, restartsItself: itself, note, before, after };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { reason, message, issues = [] } = error;
    return {
      ...item,
      valid: false,
      problem: { reason, message },
      issues: issues.map(asConfigIssue),
    };
  }
}

/** The parser's own issues name no source. */
const asConfigIssue = ({
  source = "syntax",
  ...issue
}: NonNullable<DomainError["issues"]>[number]) => ({ ...issue, source }) satisfies ConfigIssue;
