import type { Viewer } from "@claw/core/access/viewer";
import { MOST_INSTANCES } from "@claw/core/batch-request";
import { hasLabels, type Target } from "@claw/core/config-rollout";
import { DomainError } from "@claw/core/errors";
import type { Instance } from "@claw/core/instance";
import { instanceNotFound } from "@claw/core/not-found";
import type { AppContext } from "../../context.ts";
import { visibleInstances } from "../access/visible.ts";

/**
 * The instances that a roll-out is for, of those that the viewer may see, sorted by id. Throws
 * INSTANCE_NOT_FOUND for an id that is not among these, and INVALID_INPUT for none or too many.
 */
export function chosenInstances(ctx: AppContext, viewer: Viewer, target: Target): Instance[] {
  const visible = visibleInstances(ctx, viewer);
  const { ids } = target;
  const there = new Set(visible.map(({ id }) => id));
  const missing = ids?.find((id) => !there.has(id));
  if (missing !== undefined) throw instanceNotFound(missing);
  const wanted = ids && new Set(ids);
  const chosen = visible.filter((one) => (wanted?.has(one.id) ?? true) && hasLabels(target, one));
  if (chosen.length === 0)
    throw new DomainError("INVALID_INPUT", "No instance has this group and these tags.");
  if (chosen.length > MOST_INSTANCES)
    throw new DomainError(
      "INVALID_INPUT",
      `These are ${chosen.length} instances; at most ${MOST_INSTANCES} are changed at once.`,
    );
  return chosen.sort((one, other) => (one.id < other.id ? -1 : 1));
}
