import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { TaskContext } from "../batch/batch-task.ts";
import type { ChangedConfig } from "../instance/change-config.ts";
import { lossWords } from "../instance/config-loss.ts";
import { isStaying } from "../instance/find-instance.ts";
import { requireUp, untilSettled } from "../instance/until-settled.ts";
import { isLost, type SavedConfig } from "../runtime/saved-configs.ts";

type Change = Pick<ChangedConfig, "revision" | "effect">;

/**
 * Waits for what the gateway of an instance makes of a changed configuration, which takes up to a
 * minute where it restarts itself or says nothing. One that is stopped meanwhile is no longer waited
 * for: its next start reads the text. Throws CONFIG_NOT_TAKEN when the gateway does not take it,
 * START_FAILED when it does not come up again, INSTANCE_NOT_FOUND when the instance is deleted
 * meanwhile, and CANCELLED.
 */
export async function requireTaken(
  { ctx, signal }: Pick<TaskContext, "ctx" | "signal">,
  id: InstanceId,
  change: Change,
): Promise<void> {
  if (change.effect === "next-start") return;
  const { board, saved } = ctx.runtime.live;
  const uid = board.identityOf(id)?.uid;
  const isGone = () => {
    const spec = board.specOf(id);
    return spec === undefined || spec.uid !== uid || !isStaying(spec);
  };
  const isStopped = () => board.specOf(id)?.desired === "stopped";

  const over = new AbortController();
  const ends = AbortSignal.any([signal, over.signal]);
  try {
    await Promise.race([
      untilTold(saved.watch(id, ends), change),
      board.until(id, () => isGone() || isStopped(), ends),
    ]);
  } finally {
    over.abort();
  }
  signal.throwIfAborted();
  if (isGone()) throw deleted(id);
  const now = saved.find(id);
  // Another text was written since, by somebody who sees what becomes of it.
  if (now?.revision !== change.revision) return;
  if (isLost(now)) throw new DomainError("CONFIG_NOT_TAKEN", lossWords(now));
  if (isStopped()) return;
  await untilSettled(ctx, id, signal);
  if (isGone()) throw deleted(id);
  if (!isStopped()) await requireUp(ctx, id, signal);
}

/** Resolves once nothing more is to be heard of the text, or its watch ends. */
async function untilTold(
  watch: AsyncIterable<SavedConfig | null>,
  { revision, effect }: Change,
): Promise<void> {
  for await (const now of watch) {
    if (now?.revision !== revision || now.outcome !== "watched") return;
    // That a restart begins is no proof.
    if (effect === "hot" && now.isAccepted) return;
  }
}

const deleted = (id: InstanceId) =>
  new DomainError(
    "INSTANCE_NOT_FOUND",
    `${id} was deleted before its gateway had taken the change.`,
  );
