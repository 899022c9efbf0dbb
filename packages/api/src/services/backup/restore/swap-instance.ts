import type { TransferPhase } from "@claw/core/backup/progress";
import { DomainError, messageOf, reasonOf } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../../context.ts";
import { timestamp } from "../../../host/host.ts";
import type { RestoreEntry, SnapshotRecord } from "../../../store/restore-records.ts";
import { applyInstance } from "../../instance/apply-instance.ts";
import { bringUp, launchInstance } from "../../instance/bring-up.ts";
import { launchOnFreePort } from "../../instance/create-instance.ts";
import { isStaying } from "../../instance/find-instance.ts";
import { operateOnId } from "../../instance/operate-on.ts";
import { startUntilHealthy } from "../../instance/replace/start-until-healthy.ts";
import { untilSettled, whyNotUp } from "../../instance/until-settled.ts";
import { inItsTurn } from "../../runtime/in-its-turn.ts";
import { type Become, WAIT_FOR_ONE_MS } from "../../runtime/instance-locks.ts";
import { fitStagedConfig } from "./fit-config.ts";
import { expiryFrom } from "./snapshots.ts";
import { undoRestore } from "./undo-restore.ts";

/** Describes how to replace an instance's data. */
export interface Swap {
  id: InstanceId;
  jobId: string;
  backupId: string;
  /** Folder names of the new data and of the data it replaces. */
  staged: string;
  kept: string;
  /** The port in the new data, if known. */
  portBefore: number | null;
  isCopy: boolean;
  /** Uid of the instance at the time of the request; null if there was none. */
  there: string | null;
  /** Creates the spec of a missing instance. */
  allocate: () => Promise<InstanceSpec>;
  /** The snapshot to revert, if any. */
  reverted: SnapshotRecord | null;
}

export interface SwapOptions {
  signal: AbortSignal;
  /** False if the swap must not begin any more when its turn comes. */
  mayBegin: () => boolean;
  /** The instance ran before and stays down after its restore was undone. */
  onLeftDown?: (why: string) => void;
  onPhase: (phase: TransferPhase) => void;
  onDown: () => void;
  onUp: () => void;
}

export interface Swapped {
  /** The snapshot of the replaced data, if any. */
  snapshotId: string | null;
  /** Null, or why the health of a still starting instance is unknown. */
  late: string | null;
}

/**
 * Replaces the data of one instance, or creates the instance with it. On success the swap is
 * complete and the instance healthy if it is to run, or still starting at the limit, which a user
 * must judge: the snapshot is kept until then. On failure everything is as before and this rejects:
 * with CANCELLED if it was not begun, and with the reason if the instance did not start again. If
 * the engine is away, `reconcile` completes the undo later; until then the journal blocks other
 * operations.
 */
export async function swapInstance(
  ctx: AppContext,
  swap: Swap,
  options: SwapOptions,
): Promise<Swapped> {
  // Two at a time; the slot comes before the lock, so that waiting for a slot blocks nobody.
  const inPlace = (action: () => Promise<Swapped>) => ctx.runtime.live.starts.take(swap.id, action);
  return inItsTurn(options.signal, inPlace, async () => {
    const wasInError = ctx.runtime.live.board.find(swap.id)?.status === "error";
    const undone = { mustStart: false };
    try {
      return await swapLocked(ctx, swap, options, undone);
    } catch (error) {
      // Restart an instance that ran before, in the slot that is still held.
      const why = undone.mustStart ? await startBefore(ctx, swap.id, options.signal) : null;
      if (why === null || wasInError) throw error;
      options.onLeftDown?.(why);
      throw explained(
        error,
        `${swap.id} has its data of before, but did not come up again: ${why}`,
      );
    }
  });
}

/** Remaining work for an instance after its restore was undone. */
interface Undone {
  mustStart: boolean;
}

function swapLocked(
  ctx: AppContext,
  swap: Swap,
  options: SwapOptions,
  undone: Undone,
): Promise<Swapped> {
  const work = async (before: InstanceSpec | null, become: Become) => {
    options.signal.throwIfAborted();
    if (!options.mayBegin()) throw new DomainError("CANCELLED", "It was not begun.");
    requireFitting(swap, before);
    // The configuration is replaced on purpose.
    ctx.runtime.live.saved.forget(swap.id);
    const entry: RestoreEntry = {
      instanceId: swap.id,
      jobId: swap.jobId,
      backupId: swap.backupId,
      staged: swap.staged,
      kept: swap.kept,
      specBefore: before,
      startedAt: timestamp(ctx.host),
    };
    await ctx.store.insertRestore(entry);
    let untouched = true;
    try {
      return await carryOut(ctx, swap, before, {
        ...options,
        onPhase(phase) {
          untouched &&= phase === "stopping";
          if (phase === "starting") become("starting");
          options.onPhase(phase);
        },
      });
    } catch (error) {
      await undo(ctx, entry, error, untouched).catch((left: unknown) => {
        options.onLeftDown?.(messageOf(left));
        throw left;
      });
      undone.mustStart = before?.desired === "running";
      throw error;
    }
  };
  const withinMs = WAIT_FOR_ONE_MS;
  return operateOnId(ctx, swap.id, "restoring", work, { waits: { withinMs } });
}

/** Starts what ran before an undone restore. Returns why it does not run, or null. */
async function startBefore(
  ctx: AppContext,
  id: InstanceId,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    await bringUp(ctx, id);
    if (signal.aborted) return null;
    const now = await untilSettled(ctx, id, signal);
    const isWell = now === null || now.desired === "stopped" || now.status === "running";
    return isWell ? null : whyNotUp(now);
  } catch (error) {
    if (signal.aborted) return null;
    warn(ctx, id, error);
    return messageOf(error);
  }
}

function explained(cause: unknown, rest: string): DomainError {
  const reason = reasonOf(cause);
  return new DomainError(reason, `${messageOf(cause)} ${rest}`, { cause });
}

async function carryOut(
  ctx: AppContext,
  swap: Swap,
  before: InstanceSpec | null,
  { signal, onPhase, onDown, onUp }: SwapOptions,
): Promise<Swapped> {
  const { id, staged, kept, reverted } = swap;
  if (reverted) await ctx.disk.storage.stageSnapshot(reverted.kept, staged);
  const spec = before ?? (await swap.allocate());
  await fitStagedConfig(ctx, staged, { ...swap, spec });
  onPhase("stopping");
  if (before?.desired === "running") onDown();
  await ctx.engine.stop(id);
  onPhase("swapping");
  await ctx.disk.storage.swapIn(id, staged, kept);
  signal.throwIfAborted();
  onPhase("starting");
  let late: string | null = null;
  if (spec.desired === "running") late = await start(ctx, id, before !== null, signal);
  else await applyInstance(ctx, spec);
  if (late === null) onUp();
  const replaced = await snapshotOf(ctx, swap, spec, late !== null);
  signal.throwIfAborted();
  await ctx.store.finishRestore(id, replaced, reverted?.id);
  // The restore is complete; an unreachable engine does not change that.
  await ctx.runtime.live.observer.refresh(id).catch((error: unknown) => warn(ctx, id, error));
  return { snapshotId: replaced?.id ?? null, late };
}

/** A new instance may move to another port if its own was taken meanwhile. */
async function start(ctx: AppContext, id: InstanceId, existed: boolean, signal: AbortSignal) {
  const launch = existed ? launchInstance : launchOnFreePort;
  return startUntilHealthy(ctx, id, { start: () => launch(ctx, id), signal });
}

async function snapshotOf(
  ctx: AppContext,
  { id, kept, backupId }: Swap,
  { name, uid, owner }: InstanceSpec,
  undecided: boolean,
): Promise<SnapshotRecord | null> {
  const bytes = await ctx.disk.storage.snapshotSize(kept);
  if (bytes === null) return null;
  return {
    id: ctx.host.randomHex(8),
    instanceId: id,
    uid,
    owner: ctx.access.people.nameOf(owner),
    name,
    backupId,
    kept,
    bytes,
    createdAt: timestamp(ctx.host),
    expiresAt: expiryFrom(ctx),
    undecided,
  };
}

/** Since planning, the instance may have been deleted and another one created. */
function requireFitting({ id, isCopy, there }: Swap, before: InstanceSpec | null): void {
  if (before && before.uid !== there)
    throw new DomainError(
      "INSTANCE_EXISTS",
      isCopy
        ? `There is an instance ${id} by now. Choose another id for the copy.`
        : `Since the restore was asked for, another instance ${id} was created; its data is not replaced. Restore as a copy, or plan the restore again.`,
    );
  if (before && !isStaying(before))
    throw new DomainError(
      "BUSY",
      `The instance ${id} is being deleted. Restore it when that is done.`,
    );
}

/** Throws, with both reasons, if the undo is incomplete. */
async function undo(
  ctx: AppContext,
  entry: RestoreEntry,
  cause: unknown,
  untouched: boolean,
): Promise<void> {
  try {
    await undoRestore(ctx, entry, { untouched });
    if (!untouched) await ctx.runtime.live.observer.refresh(entry.instanceId);
  } catch (error) {
    warn(ctx, entry.instanceId, error);
    throw explained(
      cause,
      `${entry.instanceId} could not be put back yet (${messageOf(error)}); the panel does so as soon as Docker answers.`,
    );
  }
}

function warn(ctx: AppContext, id: InstanceId, error: unknown): void {
  ctx.log.warn(`${id} after its restore: ${messageOf(error)}`);
}
