import type { InstanceId } from "@claw/core/instance";
import type { Subject } from "@claw/core/subject";
import type { Uses } from "../../context.ts";

/**
 * False if an id names another instance than when a batch about `about` was requested. A batch may
 * be paused for days and retried weeks later, and the id of a deleted instance may be reused.
 */
export function isStillMeant(
  { runtime: { live } }: Uses<"live">,
  about: readonly Subject[],
  id: InstanceId,
): boolean {
  const there = live.board.identityOf(id);
  return there === undefined || about.some((one) => one.id === id && one.uid === there.uid);
}
