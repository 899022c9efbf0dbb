import { DomainError, hasReason, messageOf, reasonOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { InstanceFailure } from "@claw/core/job-result";
import type { AppContext } from "../../../context.ts";
import type { Replaced } from "../../instance/replace/replacement.ts";

/** Not a failure, but health is unknown: the user decides. */
export function stillStarting(id: InstanceId, { snapshotId, late }: Replaced): InstanceFailure {
  const choice =
    snapshotId === null
      ? "Wait for it, or delete it."
      : "Wait for it, keep it, or revert to its snapshot, which is kept until you decide.";
  const message = `${id} was restored and is still starting: ${late} ${choice}`;
  return { id, reason: "STILL_STARTING", message };
}

/** Why an instance was not restored. `down`: what did not come up again, and why. */
export function failureOf(
  id: InstanceId,
  error: unknown,
  down: ReadonlyMap<InstanceId, string>,
): InstanceFailure {
  const [first] = down;
  // Not begun: whatever keeps one instance down may affect the next one, too.
  if (first && hasReason(error, "CANCELLED")) {
    const message = `${id} was left alone, as ${first[0]} did not come up again: ${first[1]}`;
    return { id, reason: "START_FAILED", message };
  }
  const reason = reasonOf(error);
  return { id, reason, message: `${id} was not restored: ${messageOf(error)}` };
}

/** Reports the outcome of every instance, including those not created. */
export function nothingRestored(
  ctx: AppContext,
  failed: readonly InstanceFailure[],
  down: ReadonlyMap<InstanceId, string>,
): DomainError {
  const well = failed.map(({ id }) => id).filter((id) => !down.has(id));
  const told = failed.map(({ message }) => message);
  const isThere = (id: InstanceId) => ctx.runtime.live.board.find(id) !== null;
  const asBefore = well.filter(isThere);
  if (asBefore.length > 0) told.push(`As before: ${asBefore.join(", ")}.`);
  const notCreated = well.filter((id) => !isThere(id));
  if (notCreated.length > 0) told.push(`Not created: ${notCreated.join(", ")}.`);
  return new DomainError(failed[0]?.reason ?? "INTERNAL", told.join(" "));
}
