import type { Relabelling } from "@claw/core/batch-request";
import { DomainError } from "@claw/core/errors";
import { changeLabels, MOST_TAGS } from "@claw/core/label-rules";
import type { AppContext } from "../../context.ts";
import { changeFrom } from "./change-instance.ts";

/**
 * Changes some labels of an instance and keeps the others. Throws INSTANCE_NOT_FOUND, and
 * INVALID_INPUT for too many tags.
 */
export async function relabelInstance(ctx: AppContext, wish: Relabelling): Promise<void> {
  const { id, ...change } = wish;
  await changeFrom(ctx, id, (spec) => {
    const { group, tags } = changeLabels(spec, change);
    if (tags.length > MOST_TAGS)
      throw new DomainError(
        "INVALID_INPUT",
        `${id} would have ${tags.length} tags; the limit is ${MOST_TAGS}. Remove some of its tags first.`,
      );
    return { group, tags };
  });
}
