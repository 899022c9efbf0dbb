import { messageOf } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { gatewayRefuses, gatewaySilent } from "../../gateway/gateway-errors.ts";
import { findInstance } from "../instance/find-instance.ts";
import { operateIfAllowed } from "../instance/operate-on.ts";
import { retargetConfig } from "../instance/provision-instance.ts";
import { restartInstance } from "../instance/restart-instance.ts";
import { updateInstance } from "../instance/update-instance.ts";
import { findGateway } from "./find-gateway.ts";

/** Whether the gateway of a running instance takes the panel for its proxy. */
async function trustOf(ctx: AppContext, spec: InstanceSpec) {
  const gateway = await findGateway(ctx, spec);
  return gateway ? ctx.runtime.gateways.trust(gateway, "panel") : "silent";
}

/** A gateway is healthy some seconds before it takes anybody in; longer on a busy machine. */
const TRUST_WITHIN_MS = 45_000;
const ASK_EVERY_MS = 500;

/** As `trustOf`, but waits for a gateway that has just come up. */
async function trustWithin(
  ctx: AppContext,
  spec: InstanceSpec,
  { withinMs, signal }: { withinMs: number; signal: AbortSignal },
) {
  const { host } = ctx;
  const until = host.now() + withinMs;
  for (;;) {
    const trust = await trustOf(ctx, spec);
    if (trust !== "silent" || host.now() >= until || signal.aborted) return trust;
    await host.sleep(ASK_EVERY_MS, signal);
  }
}

/**
 * Waits for a gateway that has just come up. Throws GATEWAY_REFUSES when it does not know the
 * panel, for example because somebody edited its access, GATEWAY_SILENT when it does not answer.
 */
export async function requireTrust(
  ctx: AppContext,
  spec: InstanceSpec,
  withinMs = TRUST_WITHIN_MS,
): Promise<void> {
  const trust = await trustWithin(ctx, spec, { withinMs, signal: ctx.runtime.live.signal });
  if (trust === "refused") throw gatewayRefuses(spec);
  if (trust === "silent") throw gatewaySilent(spec);
  await markProven(ctx, spec);
}

/** No-op if the instance or its ingress has been replaced since. */
async function markProven(ctx: AppContext, asked: InstanceSpec): Promise<void> {
  const now = ctx.runtime.live.board.specOf(asked.id);
  if (!now?.ingress || now.ingress.proven || !isSameIngress(now, asked)) return;
  await updateInstance(ctx, now.id, { ingress: { ...now.ingress, proven: true } });
}

function isSameIngress(now: InstanceSpec, asked: InstanceSpec): boolean {
  return now.uid === asked.uid && now.ingress?.header === asked.ingress?.header;
}

/**
 * Asks every gateway that comes up for the first time whether it takes the panel for its proxy. On
 * some hosts it sees another address than its network's; such an instance goes back to its token,
 * once, because it could never be opened otherwise.
 */
export function proveIngresses(ctx: AppContext): AsyncDisposable {
  const { board } = ctx.runtime.live;
  const ended = new AbortController();
  const asked = new Map<InstanceId, string | null>();

  async function prove(id: InstanceId): Promise<void> {
    const { startedAt, status } = board.find(id) ?? {};
    const ingress = board.specOf(id)?.ingress;
    if (status !== "running" || !ingress || ingress.proven || asked.get(id) === startedAt) return;
    // A migration proves the access itself.
    if (ctx.runtime.migrations.has(id)) return;
    asked.set(id, startedAt ?? null);
    const spec = await findInstance(ctx, id);
    const trust = await trustWithin(ctx, spec, {
      withinMs: TRUST_WITHIN_MS,
      signal: ended.signal,
    });
    if (trust === "trusted") await markProven(ctx, spec);
    if (trust === "refused") await openByToken(ctx, spec);
  }

  /** A gateway that is slow to come up holds up no other. */
  const proving = new Set<Promise<void>>();
  function begin(id: InstanceId): void {
    const proven = prove(id)
      .catch((error: unknown) =>
        ctx.log.warn(`asking the gateway of ${id} whether it knows the panel: ${messageOf(error)}`),
      )
      .finally(() => proving.delete(proven));
    proving.add(proven);
  }

  async function follow(): Promise<void> {
    const changes = board.changes(ended.signal);
    for (const id of board.ids()) begin(id);
    for await (const changed of changes) for (const id of changed) if (id !== null) begin(id);
  }

  const following = follow();
  return {
    async [Symbol.asyncDispose]() {
      ended.abort();
      await following;
      await Promise.all(proving);
    },
  };
}

/** Restarts the instance: a gateway changes how it authenticates only at its start. */
async function openByToken(ctx: AppContext, asked: InstanceSpec): Promise<void> {
  const { id } = asked;
  let isChanged = false;
  await operateIfAllowed(ctx, id, "saving", async (now) => {
    // The operation before may have given it another ingress.
    if (!now.ingress || now.ingress.proven || !isSameIngress(now, asked)) return;
    ctx.log.warn(`the gateway of ${id} sees another address than expected; it opens by its token`);
    const spec = await updateInstance(ctx, id, { ingress: null, ingressFault: "refused" });
    const text = await ctx.disk.storage.readConfig(id);
    if (text !== null) await retargetConfig(ctx, spec, text, null);
    isChanged = true;
  });
  if (isChanged) await restartInstance(ctx, id, { waits: {} });
}
