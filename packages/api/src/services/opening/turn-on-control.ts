import { DomainError, hasReason, messageOf } from "@claw/core/errors";
import { withControl } from "@claw/core/gateway-access";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { BY_PANEL, writeInstanceConfig } from "../instance/config-versions.ts";
import { type OperateOptions, operateIfAllowed, operateOn } from "../instance/operate-on.ts";
import { reachGateway } from "./reach-gateway.ts";

/** A gateway takes the plugin without a restart, some seconds after its configuration was saved. */
const ANSWER_WITHIN_MS = 45_000;
const ASK_EVERY_MS = 500;

/** The configuration before and after. */
interface Change {
  former: string;
  wanted: string;
}

/**
 * Lets the panel ask the gateway of an instance that opens through it, but was made before the panel
 * did, or whose owner has switched that off. Comments stay. A running gateway that does not answer
 * then has its former configuration again; a stopped one shows that at its next start. Throws
 * CONFIG_MISSING, CONFIG_INVALID, and what kept the gateway from answering.
 */
export async function turnOnControl(
  ctx: AppContext,
  id: InstanceId,
  signal: AbortSignal,
  options?: OperateOptions,
): Promise<void> {
  const change = await operateOn(ctx, id, "saving", () => saveOn(ctx, id), {
    ...options,
    signal,
  });
  if (change === null || ctx.runtime.live.board.find(id)?.status !== "running") return;
  try {
    await untilAnswering(ctx, id, signal);
  } catch (error) {
    await takeBack(ctx, id, change);
    throw error;
  }
}

/** Null: it is on already. */
async function saveOn(ctx: AppContext, id: InstanceId): Promise<Change | null> {
  const former = await ctx.disk.storage.readConfig(id);
  if (former === null)
    throw new DomainError("CONFIG_MISSING", `There is no openclaw.json of ${id}.`);
  const wanted = withControl(former, true);
  if (wanted === former) return null;
  await write(ctx, id, wanted);
  return { former, wanted };
}

async function untilAnswering(ctx: AppContext, id: InstanceId, signal: AbortSignal): Promise<void> {
  const { host, runtime } = ctx;
  const until = host.now() + ANSWER_WITHIN_MS;
  for (;;) {
    const failure = await failureOf(async () => runtime.gateways.load(await reachGateway(ctx, id)));
    if (failure === null) return;
    const mayCome = hasReason(failure, "NOT_SUPPORTED") || hasReason(failure, "GATEWAY_SILENT");
    if (!mayCome || host.now() >= until) throw failure;
    await host.sleep(ASK_EVERY_MS, signal);
    if (signal.aborted) throw failure;
  }
}

async function failureOf(question: () => Promise<unknown>): Promise<unknown> {
  try {
    await question();
    return null;
  } catch (error) {
    return error;
  }
}

/** Somebody may have saved another configuration meanwhile, or broken it; then it is theirs. */
async function takeBack(ctx: AppContext, id: InstanceId, { former, wanted }: Change) {
  await operateIfAllowed(ctx, id, "saving", async () => {
    const text = await ctx.disk.storage.readConfig(id);
    if (text === wanted) await write(ctx, id, former);
    else ctx.log.warn(`the configuration of ${id} was changed while its gateway did not answer`);
  }).catch((error: unknown) => {
    ctx.log.error(`giving ${id} its former configuration back failed: ${messageOf(error)}`);
  });
}

const write = (ctx: AppContext, id: InstanceId, text: string) =>
  writeInstanceConfig(ctx, id, text, { author: BY_PANEL });
