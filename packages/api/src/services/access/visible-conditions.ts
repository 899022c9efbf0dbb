import { isDeepStrictEqual } from "node:util";
import { roleOf, type Viewer } from "@claw/core/access/viewer";
import type { Condition, ConditionCode, ConditionEvent } from "@claw/core/conditions";
import { backupConditions } from "@claw/core/derive-conditions";
import type { AppContext } from "../../context.ts";
import type { ConditionState } from "../runtime/conditions.ts";
import { isVisible, isVisibleBackup } from "./visible.ts";

/** Visible to all, since these affect all instances and `system.status` shows them too. */
const TOLD_TO_ALL: ReadonlySet<ConditionCode> = new Set([
  "ENGINE_UNREACHABLE",
  "IMAGE_MISSING",
  "DISK_FULL",
  "DISK_NEARLY_FULL",
  "MEMORY_NEARLY_FULL",
]);

/**
 * Members see conditions of their own instances, of the backups of these, and of the machine;
 * operators see all.
 */
export function conditionsFor(
  ctx: AppContext,
  viewer: Viewer,
  { facts, conditions }: ConditionState,
): Condition[] {
  if (roleOf(viewer) !== "member") return [...conditions];
  const isTheirs = ({ id, uid }: { id: string; uid: string }) =>
    ctx.runtime.live.board.identityOf(id)?.uid === uid && isVisible(ctx, viewer, id);
  const told = conditions.filter(({ code, subject }) =>
    subject.kind === "instance" ? isTheirs(subject) : TOLD_TO_ALL.has(code),
  );
  const ofBackups = backupConditions({
    now: facts.now,
    instances: facts.instances.filter(isTheirs),
    backups: facts.backups.filter((backup) => isVisibleBackup(viewer, backup)),
  });
  return [...told, ...ofBackups];
}

/** The whole list of visible conditions, each time it differs from the previous one. */
export async function* visibleConditions(
  ctx: AppContext,
  viewer: Viewer,
  signal: AbortSignal,
): AsyncGenerator<ConditionEvent> {
  let sent: Condition[] | null = null;
  for await (const state of ctx.runtime.conditions.watch(signal)) {
    const conditions = conditionsFor(ctx, viewer, state);
    if (isDeepStrictEqual(conditions, sent)) continue;
    sent = conditions;
    yield { type: "snapshot", conditions };
  }
}
