import { z } from "zod";
import { Ids, Pace } from "./batch-request.ts";
import { ConfigEffect } from "./config-effect.ts";
import { ConfigIssue, SharedChannel } from "./config-views.ts";
import { REASONS } from "./errors.ts";
import type { Labels } from "./label-rules.ts";
import { isSameLabel } from "./label-rules.ts";
import { Group, Tags } from "./labels.ts";
import { MergePatch } from "./merge-patch.ts";

/** The instances of a roll-out: those that meet all that is named here. */
const target = {
  ids: Ids.exactOptional(),
  group: Group.exactOptional(),
  /** An instance has all of them. */
  tags: Tags.exactOptional(),
};
const Target = z.object(target);
export type Target = z.output<typeof Target>;

const namesAny = ({ ids, group, tags = [] }: Target) =>
  ids !== undefined || group !== undefined || tags.length > 0;
const NAME_ANY = "Name the instances by their ids, a group or tags.";

/** A change of many configurations, before anything is written. */
export const RolloutDraft = z.object({ ...target, patch: MergePatch }).refine(namesAny, NAME_ANY);
export type RolloutDraft = z.output<typeof RolloutDraft>;

export const RolloutRequest = z
  .object({ ...target, patch: MergePatch, options: Pace.exactOptional() })
  .refine(namesAny, NAME_ANY);
export type RolloutRequest = z.output<typeof RolloutRequest>;

/** Changes that are kept after their roll-outs have ended, to retry what these have not done. */
export const KEPT_ROLLOUTS = 50;

/** Whether the labels of an instance are among those that a target names. */
export function hasLabels({ group, tags = [] }: Target, labels: Readonly<Labels>): boolean {
  const isInGroup =
    labels.group !== null && group !== undefined && isSameLabel(labels.group, group);
  if (group !== undefined && !isInGroup) return false;
  return tags.every((tag) => labels.tags.some((one) => isSameLabel(one, tag)));
}

/** The effect of the change on one configuration. */
const RolloutItem = z.object({
  id: z.string(),
  name: z.string(),
  /** False: the configuration says already what the change says, or cannot have it. */
  changed: z.boolean(),
  /** False: why is in `problem`, and where in `issues`. */
  valid: z.boolean(),
  problem: z.object({ reason: z.enum(REASONS), message: z.string() }).nullable(),
  issues: z.array(ConfigIssue),
  /** Dotted paths of the values that change. */
  paths: z.array(z.string()),
  /** Null when nothing changes. */
  effect: ConfigEffect.nullable(),
  /** The effect is `restart`, and the gateway restarts on its own. */
  restartsItself: z.boolean(),
  /** Why only the syntax was checked, or what the check has let pass, as a sentence. */
  note: z.string().nullable(),
  /** The two texts of a configuration that changes; null also when there is no room for them. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type RolloutItem = z.output<typeof RolloutItem>;

/**
 * Sorted by id. `shared`: channels whose token a changed configuration would share with another
 * one, as far as the viewer may see the instances.
 */
export const RolloutPreview = z.object({
  instances: z.array(RolloutItem),
  shared: z.array(SharedChannel),
});
export type RolloutPreview = z.output<typeof RolloutPreview>;
