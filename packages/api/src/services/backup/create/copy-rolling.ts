import { DomainError, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import pLimit from "p-limit";
import { isUp } from "../../instance/is-up.ts";
import { inItsTurn } from "../../runtime/in-its-turn.ts";
import { STARTS_AT_ONCE } from "../../runtime/start-queue.ts";
import type { BackupRun } from "./backup-run.ts";
import { startAgain } from "./start-again.ts";
import {
  copyFiles,
  examine,
  holdInstance,
  type Subject,
  stopForCopy,
  untilUp,
} from "./take-copy.ts";

/**
 * Copies the instances two at a time. Each is down only for its own stop, copy and start: it takes
 * its slot in the start queue before it stops. Once an instance fails to come up again, no further
 * one is stopped.
 */
export async function copyRolling(run: BackupRun, ids: readonly InstanceId[]): Promise<void> {
  const lanes = pLimit(STARTS_AT_ONCE);
  const { locks, starts } = run.ctx.runtime.live;
  const isBusy = (id: InstanceId) => locks.current(id) !== null;
  // Busy instances last, so that nothing else waits for them.
  const order = [...ids.filter((id) => !isBusy(id)), ...ids.filter(isBusy)];
  await run.forEach(
    order.map((id) => ({ id })),
    ({ id }) =>
      lanes(() => {
        if (!isUp(run.ctx, id)) return copyOne(run, id);
        const inPlace = (action: () => Promise<void>) => starts.take(id, action);
        return inItsTurn(run.signal, inPlace, () => copyOne(run, id));
      }),
  );
}

async function copyOne(run: BackupRun, id: InstanceId): Promise<void> {
  const held = await holdInstance(run, id);
  let subject: Subject | null = null;
  try {
    subject = await examine(run, held);
    if (subject) await stopCopyStart(run, subject);
  } finally {
    held.release();
    // Even without a copy, an instance that ran runs again.
    if (subject?.wasUp && !run.signal.aborted) await untilUp(run, subject);
  }
}

async function stopCopyStart(run: BackupRun, subject: Subject): Promise<void> {
  if (!subject.wasUp) return copyFiles(run, subject);
  run.signal.throwIfAborted();
  requireAllUp(run, subject.id);
  try {
    await stopForCopy(run, subject);
    await copyFiles(run, subject);
  } finally {
    // In any case, restart the instance.
    await resume(run, subject);
  }
}

/** Whatever keeps one instance down may affect the next one, too. */
function requireAllUp({ notStarted: [down] }: BackupRun, id: InstanceId): void {
  if (!down) return;
  throw new DomainError(
    "START_FAILED",
    `${id} was left alone, as ${down.id} did not come up again: ${down.message}`,
  );
}

async function resume(run: BackupRun, subject: Subject): Promise<void> {
  subject.become("resuming");
  run.meter.enter(subject.id, "starting");
  try {
    await startAgain(run.ctx, subject.id);
  } catch (error) {
    subject.problem = messageOf(error);
    run.note(`${subject.id}: ${subject.problem}`);
  }
}
