import type { TransferPhase } from "@claw/core/backup/progress";
import { DomainError, messageOf, reasonOf } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import { instanceNotFound } from "@claw/core/not-found";
import type { AppContext } from "../../../context.ts";
import { timestamp } from "../../../host/host.ts";
import type { ContainerBefore, ReplacementEntry } from "../../../store/replacement-records.ts";
import { inItsTurn } from "../../runtime/in-its-turn.ts";
import { type Become, WAIT_FOR_ONE_MS } from "../../runtime/instance-locks.ts";
import { bringUp } from "../bring-up.ts";
import { operateOnId } from "../operate-on.ts";
import { untilSettled, whyNotUp } from "../until-settled.ts";
import { carryOut } from "./carry-out.ts";
import {
  operationOf,
  type Replaced,
  type Replacement,
  type ReplaceOptions,
} from "./replacement.ts";
import { undoReplacement } from "./undo-replacement.ts";

/**
 * The one transaction for changing an instance: prepares everything while it runs, stops it, changes
 * data, spec and container, and starts it; or creates it with its data. On success all of it is
 * done and the instance healthy if it is to run, or still starting at the limit, which a user must
 * judge: the snapshot is kept until then. On failure everything is as before and this rejects: with
 * CANCELLED if it was not begun, and with the reason if the instance did not start again. If the
 * engine is away or the panel is killed, `reconcile` completes the undo later; until then the
 * journal blocks other operations.
 */
export async function replaceInstance(
  ctx: AppContext,
  replacement: Replacement,
  options: ReplaceOptions,
): Promise<Replaced> {
  const { id } = replacement;
  // Two at a time; the slot comes before the lock, so that waiting for a slot blocks nobody.
  const inPlace = (action: () => Promise<Replaced>) => ctx.runtime.live.starts.take(id, action);
  return inItsTurn(options.signal, inPlace, async () => {
    const wasInError = ctx.runtime.live.board.find(id)?.status === "error";
    const undone = { mustStart: false };
    try {
      return await replaceLocked(ctx, replacement, options, undone);
    } catch (error) {
      // Restart an instance that ran before, in the slot that is still held.
      const why = undone.mustStart ? await startBefore(ctx, id, options.signal) : null;
      if (why === null || wasInError) throw error;
      options.onLeftDown?.(why);
      const is = replacement.data ? "has its former data" : "is as it was before";
      throw explained(error, `${id} ${is}, but did not come up again: ${why}`);
    }
  });
}

/** Remaining work for an instance after its replacement was undone. */
interface Undone {
  mustStart: boolean;
}

function replaceLocked(
  ctx: AppContext,
  replacement: Replacement,
  options: ReplaceOptions,
  undone: Undone,
): Promise<Replaced> {
  const { id, data } = replacement;
  const work = async (before: InstanceSpec | null, become: Become) => {
    options.signal.throwIfAborted();
    if (!options.mayBegin()) throw new DomainError("CANCELLED", "It was not begun.");
    const allocate = allocation(replacement, before);
    const entry = entryOf(ctx, replacement, before, await containerBefore(ctx, replacement));
    // The configuration is replaced on purpose.
    if (data) ctx.runtime.live.saved.forget(id);
    await ctx.store.insertReplacement(entry);
    let untouched = true;
    try {
      const onPhase = (phase: TransferPhase) => {
        untouched &&= phase === "stopping";
        if (phase === "starting") become("starting");
        options.onPhase(phase);
      };
      return await carryOut(ctx, replacement, { before, allocate }, { ...options, onPhase });
    } catch (error) {
      await undo(ctx, entry, error, untouched).catch((left: unknown) => {
        options.onLeftDown?.(messageOf(left));
        throw left;
      });
      undone.mustStart = before?.desired === "running";
      throw error;
    }
  };
  const waits = { withinMs: WAIT_FOR_ONE_MS };
  return operateOnId(ctx, id, operationOf(replacement), work, { waits });
}

function entryOf(
  ctx: AppContext,
  { id, jobId, data, spec }: Replacement,
  before: InstanceSpec | null,
  container: ContainerBefore | null,
): ReplacementEntry {
  return {
    instanceId: id,
    jobId,
    data: data
      ? { staged: data.staged, kept: data.kept, reverted: data.reverted?.id ?? null }
      : null,
    spec: spec ?? null,
    specBefore: before,
    containerBefore: container,
    startedAt: timestamp(ctx.host),
  };
}

/**
 * The source of the spec for the replacement. Since planning, the instance may have been deleted and
 * another one created.
 */
function allocation(
  { id, there, whenAnother, data }: Replacement,
  before: InstanceSpec | null,
): () => Promise<InstanceSpec> {
  if (before && before.uid !== there) throw new DomainError("INSTANCE_EXISTS", whenAnother);
  if (before) return async () => before;
  if (data) return data.allocate;
  throw instanceNotFound(id);
}

/** The container that a new spec replaces. Throws IMAGE_MISSING for an image that is not there. */
async function containerBefore(
  ctx: AppContext,
  { id, spec }: Replacement,
): Promise<ContainerBefore | null> {
  if (!spec) return null;
  if (spec.image !== undefined && (await ctx.engine.images.find(spec.image)) === null)
    throw new DomainError(
      "IMAGE_MISSING",
      `The image ${spec.image} is not on this Docker host. Fetch it on the System page, then change ${id} again.`,
    );
  const container = (await ctx.engine.list(id)).get(id);
  return container ? { id: container.containerId, imageId: container.imageId ?? null } : null;
}

/** Throws, with both reasons, if the undo is incomplete. */
async function undo(
  ctx: AppContext,
  entry: ReplacementEntry,
  cause: unknown,
  untouched: boolean,
): Promise<void> {
  try {
    await undoReplacement(ctx, entry, { untouched });
    if (!untouched) await ctx.runtime.live.observer.refresh(entry.instanceId);
  } catch (error) {
    warn(ctx, entry.instanceId, error);
    throw explained(
      cause,
      `${entry.instanceId} could not be put back yet (${messageOf(error)}); the panel does so as soon as Docker answers.`,
    );
  }
}

/** Starts what ran before an undone replacement. Returns why it does not run, or null. */
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

function warn(ctx: AppContext, id: InstanceId, error: unknown): void {
  ctx.log.warn(`${id} after its replacement: ${messageOf(error)}`);
}
