import { hasReason, messageOf } from "@claw/core/errors";
import { runOf } from "@claw/core/folder-status";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import type { GatewayLoad } from "../../gateway/gateway.ts";
import { findGateway } from "../opening/find-gateway.ts";
import { createBackground } from "../runtime/background.ts";

const EVERY_MS = 30_000;

/**
 * Asks each gateway that opens through the panel every 30 seconds how busy it is, spread over that
 * time: what one said before it fell silent tells a busy one from one that hangs. Asks silent ones,
 * too, because one that answers does not hang. One whose control plane is off refuses at the cost
 * of a millisecond.
 */
export function watchLoads(ctx: AppContext): AsyncDisposable {
  const { board } = ctx.runtime.live;
  const ended = new AbortController();
  /** A question that takes longer than a round, as while Docker is slow, is not asked twice. */
  const asked = new Set<InstanceId>();
  const background = createBackground((error) =>
    ctx.log.warn(`asking a gateway how busy it is failed: ${messageOf(error)}`),
  );

  const answersPanel = (id: InstanceId) =>
    board.specOf(id)?.ingress?.proven === true && board.find(id)?.status === "running";

  async function ask(id: InstanceId): Promise<void> {
    const spec = board.specOf(id);
    const run = runOf(board.observedOf(id));
    if (!spec || run === null) return;
    asked.add(id);
    try {
      const load = await loadOf(ctx, spec);
      if (load !== "silent" && runOf(board.observedOf(id)) === run) board.setLoad(id, load);
    } finally {
      asked.delete(id);
    }
  }

  async function watch(): Promise<void> {
    while (!ended.signal.aborted) {
      const ids = board.ids().filter(answersPanel);
      if (ids.length === 0) await ctx.host.sleep(EVERY_MS, ended.signal);
      for (const id of ids) {
        await ctx.host.sleep(EVERY_MS / ids.length, ended.signal);
        if (ended.signal.aborted) return;
        if (answersPanel(id) && !asked.has(id)) background.begin(() => ask(id));
      }
    }
  }

  const watching = watch();
  return {
    async [Symbol.asyncDispose]() {
      ended.abort();
      await watching;
      await background.ended();
    },
  };
}

/** `silent`: what it said before still counts; null: it tells nothing. */
async function loadOf(ctx: AppContext, spec: InstanceSpec): Promise<GatewayLoad | "silent" | null> {
  try {
    const gateway = await findGateway(ctx, spec);
    return gateway ? await ctx.runtime.gateways.load(gateway) : "silent";
  } catch (error) {
    // An unreachable engine is told elsewhere.
    if (hasReason(error, "GATEWAY_SILENT", "ENGINE_UNREACHABLE", "ENGINE_SLOW")) return "silent";
    if (hasReason(error, "NOT_SUPPORTED", "GATEWAY_REFUSES", "GATEWAY_FAILED")) return null;
    throw error;
  }
}
