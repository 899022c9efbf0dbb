import { messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import pLimit from "p-limit";
import { STARTS_AT_ONCE } from "../live/start-queue.ts";
import type { BackupRun } from "./backup-run.ts";
import { inItsTurn } from "./in-its-turn.ts";
import { startAgain } from "./start-again.ts";
import {
  copyFiles,
  examine,
  holdInstance,
  isUp,
  type Subject,
  stopForCopy,
  untilUp,
} from "./take-copy.ts";

/**
 * Copies one instance after the other, two at a time. Each is down only for its own stop, copy and
 * start: the place in the queue of starts is taken before it is stopped.
 */
export async function copyRolling(run: BackupRun, ids: readonly InstanceId[]): Promise<void> {
  const lanes = pLimit(STARTS_AT_ONCE);
  const { starts } = run.ctx.live;
  await run.forEach(ids, (id) =>
    lanes(() => {
      if (!isUp(run, id)) return copyOne(run, id);
      const inPlace = (action: () => Promise<void>) => starts.take(id, action);
      return inItsTurn(run.signal, inPlace, () => copyOne(run, id));
    }),
  );
}

async function copyOne(run: BackupRun, id: InstanceId): Promise<void> {
  const held = await holdInstance(run, id);
  let subject: Subject | null;
  try {
    subject = await examine(run, held);
    if (subject) await stopCopyStart(run, subject);
  } finally {
    held.release();
  }
  if (subject?.wasUp) await untilUp(run, subject);
}

async function stopCopyStart(run: BackupRun, subject: Subject): Promise<void> {
  if (!subject.wasUp) return copyFiles(run, subject);
  run.signal.throwIfAborted();
  try {
    await stopForCopy(run, subject);
    await copyFiles(run, subject);
  } finally {
    // Whatever happened: what ran runs again.
    await resume(run, subject);
  }
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
