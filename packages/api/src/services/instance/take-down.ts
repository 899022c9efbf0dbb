import { messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import type { GatewayTarget } from "../../gateway/gateway.ts";
import { findGateway } from "../opening/find-gateway.ts";
import type { OperateOptions } from "./operate-on.ts";

const ASK_EVERY_MS = 500;

export interface StopOptions extends OperateOptions {
  workWithinMs?: number;
}

interface TakeDownOptions {
  workWithinMs: number;
  /** Ends the wait, and leaves the instance running. */
  signal?: AbortSignal;
}

/**
 * Stops an instance whose lock the caller holds. Its gateway takes on no more work before, and
 * finishes what it has for up to `workWithinMs`, or until somebody hurries it (`live.drains`); what is
 * open at it stays so meanwhile. One that cannot be asked is stopped at once; one that could not be
 * stopped goes on working. Throws what the engine's stop throws, and the reason of `signal`.
 */
export async function takeDown(
  ctx: AppContext,
  id: InstanceId,
  { workWithinMs, signal }: TakeDownOptions,
): Promise<void> {
  const { live } = ctx.runtime;
  const givenUp = signal ? AbortSignal.any([signal, live.signal]) : live.signal;
  const suspended = workWithinMs > 0 ? await finishWork(ctx, id, workWithinMs, givenUp) : null;
  try {
    if (suspended) givenUp.throwIfAborted();
    using _ = live.drains.goDown(id);
    await ctx.engine.stop(id);
  } catch (error) {
    if (suspended) await resume(ctx, suspended);
    throw error;
  }
}

interface Suspended {
  gateway: GatewayTarget;
  suspensionId: string;
}

/** Null: the gateway could not be suspended. */
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
  let suspensionId: string | null = null;
  try {
    while (!ended.aborted) {
      const now = await suspend(ctx, gateway, requestId);
      if (now === null) break;
      suspensionId = now.id ?? suspensionId;
      if (now.work.length === 0) break;
      drain.tell(now.work);
      await host.sleep(ASK_EVERY_MS, ended);
    }
  } finally {
    over.abort();
  }
  return suspensionId === null ? null : { gateway, suspensionId };
}

async function gatewayOf(ctx: AppContext, id: InstanceId): Promise<GatewayTarget | null> {
  const spec = ctx.runtime.live.board.specOf(id);
  return spec?.ingress ? passedOver(ctx, id, findGateway(ctx, spec)) : null;
}

/** Null for one that does not answer in time, starts, or has no control plane. */
function suspend(ctx: AppContext, gateway: GatewayTarget, requestId: string) {
  const { gateways } = ctx.runtime;
  const asked = gateways.suspend(gateway, requestId).then(({ id, blockers }) => ({
    id,
    work: blockers.map(({ kind }) => kind),
  }));
  return passedOver(ctx, gateway.id, asked);
}

async function resume(ctx: AppContext, { gateway, suspensionId }: Suspended): Promise<void> {
  await passedOver(ctx, gateway.id, ctx.runtime.gateways.resume(gateway, suspensionId));
}

/** A stop is never refused because of what its gateway answers. */
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
