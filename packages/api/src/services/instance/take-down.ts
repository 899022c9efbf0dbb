import { messageOf } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import type { GatewayTarget } from "../../gateway/gateway.ts";
import { findGateway } from "../opening/find-gateway.ts";
import type { OperateOptions } from "./operate-on.ts";
import { updateInstance } from "./update-instance.ts";

const ASK_EVERY_MS = 500;

/** `signal` gives up the wait for running work, too: the instance goes on as it was. */
export interface StopOptions extends OperateOptions {
  workWithinMs?: number;
}

interface TakeDownOptions {
  workWithinMs: number;
  /** Ends the wait, and leaves the instance running. */
  signal?: AbortSignal | undefined;
  /** Called when it goes down, after its work. */
  onDown?: (() => void) | undefined;
}

/**
 * `takeDown`, once the store has the desired state: a crash in between changes nothing. Restores the
 * former state when `signal` ends the wait.
 */
export async function takeDownFor(
  ctx: AppContext,
  { id, desired: former }: InstanceSpec,
  desired: InstanceSpec["desired"],
  options: TakeDownOptions,
): Promise<void> {
  await updateInstance(ctx, id, { desired });
  try {
    await takeDown(ctx, id, options);
  } catch (error) {
    const { signal } = options;
    if (signal?.aborted && error === signal.reason)
      await updateInstance(ctx, id, { desired: former });
    throw error;
  }
}

/**
 * Stops an instance whose lock the caller holds. Before, its gateway takes on no more work, and
 * finishes its own for up to `workWithinMs`, or until `live.drains` hurries it; it is served
 * meanwhile. One that cannot be asked is stopped at once; one that could not be stopped goes on
 * working. Throws the errors of the engine's stop, and the reason of `signal`.
 */
export async function takeDown(
  ctx: AppContext,
  id: InstanceId,
  { workWithinMs, signal, onDown }: TakeDownOptions,
): Promise<void> {
  const { live } = ctx.runtime;
  const givenUp = signal ? AbortSignal.any([signal, live.signal]) : live.signal;
  const suspended = workWithinMs > 0 ? await finishWork(ctx, id, workWithinMs, givenUp) : null;
  try {
    if (workWithinMs > 0) givenUp.throwIfAborted();
    using _ = live.drains.goDown(id);
    onDown?.();
    await ctx.engine.stop(id);
  } catch (error) {
    if (suspended) await resume(ctx, suspended);
    throw error;
  }
}

interface Answer {
  /** Of the suspension. */
  id: string | null;
  work: readonly string[];
}

interface Suspended {
  gateway: GatewayTarget;
  suspensionId: string | null;
  /** The last question, which may be open still. */
  asked: Promise<Answer | null>;
}

/** Null: there is no gateway to ask. */
async function finishWork(
  ctx: AppContext,
  id: InstanceId,
  withinMs: number,
  givenUp: AbortSignal,
): Promise<Suspended | null> {
  const gateway = await gatewayOf(ctx, id);
  if (!gateway) return null;
  const { host, runtime } = ctx;
  const requestId = `panel-${host.randomHex(16)}`;
  using drain = runtime.live.drains.begin(id);
  const over = new AbortController();
  const ended = AbortSignal.any([drain.hurried, givenUp, over.signal]);
  // The machine's own clock may be set meanwhile.
  void host.sleep(withinMs, ended).then(() => over.abort());
  const isOver = new Promise<null>((resolve) =>
    ended.addEventListener("abort", () => resolve(null), { once: true }),
  );
  const suspended: Suspended = { gateway, suspensionId: null, asked: Promise.resolve(null) };
  let hasAnswered = false;
  try {
    while (!ended.aborted) {
      suspended.asked = suspend(ctx, gateway, requestId);
      const now = await Promise.race([suspended.asked, isOver]);
      if (now) {
        hasAnswered = true;
        suspended.suspensionId = now.id ?? suspended.suspensionId;
        if (now.work.length === 0) break;
        drain.tell(now.work);
      }
      // One that has answered before is slow because of its work, and not dead.
      if (!hasAnswered) break;
      await host.sleep(ASK_EVERY_MS, ended);
    }
  } finally {
    over.abort();
  }
  return suspended;
}

async function gatewayOf(ctx: AppContext, id: InstanceId): Promise<GatewayTarget | null> {
  const spec = ctx.runtime.live.board.specOf(id);
  return spec?.ingress ? passedOver(ctx, id, findGateway(ctx, spec)) : null;
}

/** Null for one that does not answer in time, starts, or has no control plane. */
function suspend(
  ctx: AppContext,
  gateway: GatewayTarget,
  requestId: string,
): Promise<Answer | null> {
  const { gateways } = ctx.runtime;
  const asked = gateways.suspend(gateway, requestId).then(({ id, blockers }) => ({
    id,
    work: blockers.map(({ kind }) => kind),
  }));
  return passedOver(ctx, gateway.id, asked);
}

async function resume(ctx: AppContext, { gateway, suspensionId, asked }: Suspended): Promise<void> {
  // A question that comes after this would suspend it again.
  const id = (await asked)?.id ?? suspensionId;
  if (id === null) return;
  await passedOver(ctx, gateway.id, ctx.runtime.gateways.resume(gateway, id));
}

/** The gateway's answer never refuses a stop. */
async function passedOver<T>(
  { log }: AppContext,
  id: InstanceId,
  question: Promise<T>,
): Promise<T | null> {
  try {
    return await question;
  } catch (error) {
    log.info(`the gateway of ${id} could not be asked about its work: ${messageOf(error)}`);
    return null;
  }
}
