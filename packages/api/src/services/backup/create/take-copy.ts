import type { InstanceRecord } from "@claw/core/backup/instance-record";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { timestamp } from "../../../host/host.ts";
import { isUp } from "../../instance/is-up.ts";
import { operateOnId } from "../../instance/operate-on.ts";
import { takeDown } from "../../instance/take-down.ts";
import { untilSettled, whyNotUp } from "../../instance/until-settled.ts";
import { WORK_MAY_TAKE_MS } from "../../runtime/drains.ts";
import { inItsTurn } from "../../runtime/in-its-turn.ts";
import { type Become, WAIT_FOR_ONE_MS } from "../../runtime/instance-locks.ts";
import { type BackupRun, stepOf } from "./backup-run.ts";
import { recordInstance } from "./record-instance.ts";

/** An instance locked by a backup. */
export interface Held {
  id: InstanceId;
  become: Become;
  release: () => void;
}

/** An instance about to be copied. */
export interface Subject extends Held {
  record: Omit<InstanceRecord, "takenAt">;
  /** Its process was up, so it is restarted. */
  wasUp: boolean;
  /** Was in error before the backup, so an error afterwards is no news. */
  wasInError: boolean;
  /** Why the restart failed. */
  problem: string | null;
}

/**
 * Waits for the current operation on the instance, then locks it until released. Throws BUSY if
 * that operation does not end in time.
 */
export async function holdInstance(run: BackupRun, id: InstanceId): Promise<Held> {
  const held = Promise.withResolvers<Held>();
  const released = Promise.withResolvers<void>();
  let become: Become = () => {};
  const holding = inItsTurn(
    run.signal,
    (action) =>
      operateOnId(
        run.ctx,
        id,
        "copying",
        (_, own) => {
          become = own;
          return action();
        },
        { waits: { withinMs: WAIT_FOR_ONE_MS } },
      ),
    () => {
      held.resolve({ id, become, release: released.resolve });
      return released.promise;
    },
  );
  holding.catch(held.reject);
  return held.promise;
}

/** Inspects a locked instance; null if it was deleted. */
export async function examine(run: BackupRun, held: Held): Promise<Subject | null> {
  const { ctx, signal } = run;
  const { id } = held;
  const spec = await ctx.store.findInstance(id);
  if (spec === null) {
    run.leaveOut(id, "It was deleted before its turn.");
    return null;
  }
  if (spec.phase !== "ready")
    throw new DomainError("BUSY", `${id} was only half there at its turn.`);
  await stepOf(id, "Looking at", () => ctx.runtime.live.observer.refresh(id));
  const wasUp = isUp(ctx, id);
  return {
    ...held,
    record: await recordInstance(ctx, spec, { isUp: wasUp, signal }),
    wasUp,
    wasInError: ctx.runtime.live.board.find(id)?.status === "error",
    problem: null,
  };
}

export async function stopForCopy(run: BackupRun, { id, become }: Subject): Promise<void> {
  become("backing-up");
  run.meter.enter(id, "stopping");
  const { ctx, meter, signal } = run;
  const workWithinMs = WORK_MAY_TAKE_MS.scheduled;
  const onDown = () => meter.down(id);
  await stepOf(id, "Stopping", () => takeDown(ctx, id, { workWithinMs, signal, onDown }));
}

export async function copyFiles(run: BackupRun, { id, record }: Subject): Promise<void> {
  const { ctx, meter, signal } = run;
  signal.throwIfAborted();
  meter.enter(id, "copying");
  const { files, leftOut, changed } = await stepOf(id, "Copying", () =>
    ctx.disk.storage.copyOut(id, run.copy, {
      signal,
      onProgress: (done) => meter.moved(id, done),
    }),
  );
  if (files === 0)
    throw new DomainError(
      "FILES_DENIED",
      `${id} has no files: its folder is empty or not there. Look where its data is; the backups that hold it are kept.`,
    );
  if (leftOut.links > 0)
    run.note(`${id}: ${leftOut.links} links that lead out of its folder were left out.`);
  if (leftOut.others > 0)
    run.note(
      `${id}: ${leftOut.others} sockets, devices or files with unreadable names were left out.`,
    );
  if (changed > 0) run.note(`${id}: ${changed} files changed while they were copied.`);
  const isWhole = leftOut.links === 0 && leftOut.others === 0;
  const takenAt = timestamp(ctx.host);
  run.taken.set(id, { ...record, takenAt, ...(!isWhole && { leftOut }) });
  meter.enter(id, "waiting");
}

/** Waits until a restarted instance has come up or failed. */
export async function untilUp(run: BackupRun, subject: Subject): Promise<void> {
  const { id } = subject;
  const now = await untilSettled(run.ctx, id, run.signal);
  run.meter.up(id);
  if (!run.failed.has(id)) run.meter.enter(id, "waiting");
  // Deleted or stopped by a user meanwhile.
  if (now === null || (now.desired === "stopped" && subject.record.desired === "running")) return;
  if (now.status === "running" || subject.wasInError) return;
  const message = subject.problem ?? whyNotUp(now);
  run.notStarted.push({ id, message });
  run.meter.warn(id, message);
}
