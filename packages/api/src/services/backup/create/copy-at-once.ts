import { hasReason, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import pLimit from "p-limit";
import { isComingUp } from "../../runtime/live-instances.ts";
import type { BackupRun } from "./backup-run.ts";
import { startAgain } from "./start-again.ts";
import {
  copyFiles,
  examine,
  type Held,
  holdInstance,
  type Subject,
  stopForCopy,
  untilUp,
} from "./take-copy.ts";

/** More would not speed up Docker or the disk. */
const STOPS_AT_ONCE = 8;
const COPIES_AT_ONCE = 2;

/**
 * Copies all instances at a single moment, at which none runs. Each restarts once its own copy is
 * done and its turn comes.
 */
export async function copyAtOnce(run: BackupRun, ids: readonly InstanceId[]): Promise<void> {
  const held: Held[] = [];
  const down = new Set<Subject>();
  const subjects: Subject[] = [];
  const stops = pLimit(STOPS_AT_ONCE);
  const copies = pLimit(COPIES_AT_ONCE);
  const letGo = (subject: Subject) => {
    if (down.delete(subject)) resume(run, subject);
    subject.release();
  };
  try {
    await run.forEach(
      ids.map((id) => ({ id })),
      async ({ id }) => void held.push(await holdInstance(run, id)),
    );
    await run.forEach(held, async (each) => {
      const subject = await examine(run, each).catch((error: unknown) => {
        each.release();
        throw error;
      });
      if (subject) subjects.push(subject);
      else each.release();
    });
    await run.forEach(
      subjects.filter(({ wasUp }) => wasUp),
      (subject) =>
        stops(async () => {
          run.signal.throwIfAborted();
          down.add(subject);
          await stopForCopy(run, subject).catch((error: unknown) => {
            letGo(subject);
            throw error;
          });
        }),
    );
    await run.forEach(subjects, (subject) =>
      copies(() => copyFiles(run, subject)).finally(() => letGo(subject)),
    );
  } finally {
    // In any case, restart the instances that ran.
    for (const subject of down) resume(run, subject);
    for (const { release } of held) release();
  }
  const started = subjects.filter(({ wasUp }) => wasUp);
  await Promise.all(started.map((subject) => untilUp(run, subject)));
}

/**
 * Enters the start queue while the lock is still held, so that the instance never looks stopped.
 * Its status tells how the start ends.
 */
function resume(run: BackupRun, subject: Subject): void {
  const { id } = subject;
  const { board, locks, starts, signal } = run.ctx.runtime.live;
  const failed = (error: unknown) => {
    subject.problem = messageOf(error);
    if (!hasReason(error, "CANCELLED")) run.note(`${id}: ${subject.problem}`);
  };
  run.meter.enter(id, "starting");
  starts
    .enter(id, {
      launch: () => locks.afterOthers(id, "resuming", () => startUnlessUnwanted(run, subject)),
      settled: () => board.until(id, (instance) => !isComingUp(instance), signal),
      onLateError: failed,
    })
    .catch(failed);
}

/**
 * Skips instances stopped or deleted while they waited. A panel shutdown is no reason to skip: it
 * waits for the start queue.
 */
async function startUnlessUnwanted({ ctx }: BackupRun, { id, record }: Subject): Promise<void> {
  const now = ctx.runtime.live.board.find(id);
  if (now === null) return;
  if (now.desired === "stopped" && record.desired === "running") return;
  await startAgain(ctx, id);
}
