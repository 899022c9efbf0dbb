import { DomainError, hasReason, messageOf } from "@claw/core/errors";
import { withFormerAccess } from "@claw/core/gateway-access";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { BY_PANEL, writeInstanceConfig } from "../instance/config-versions.ts";
import { findInstance } from "../instance/find-instance.ts";
import { operateIfAllowed, operateOn } from "../instance/operate-on.ts";
import { retargetConfig } from "../instance/provision-instance.ts";
import { restartInstance } from "../instance/restart-instance.ts";
import type { StopOptions } from "../instance/take-down.ts";
import { requireUp } from "../instance/until-settled.ts";
import { updateInstance } from "../instance/update-instance.ts";
import { fitConfig } from "./gateway-access-of.ts";
import { newIngress } from "./new-ingress.ts";
import { requireTrust } from "./prove-ingress.ts";
import { turnOnControl } from "./turn-on-control.ts";

/**
 * Lets an instance of an earlier version open through the panel, and the panel ask its gateway, as
 * with new ones. Comments in its configuration stay. Restarts a running one that opens by its token, and gives it its former access back when its gateway
 * does not come up or does not accept the panel as its proxy; a stopped one shows that at its next
 * start. Throws NOT_SUPPORTED where it has to open by its token, CONFIG_MISSING, CONFIG_INVALID, and
 * what kept it from opening.
 */
export async function migrateInstance(
  ctx: AppContext,
  id: InstanceId,
  signal: AbortSignal,
  options?: Omit<StopOptions, "signal">,
): Promise<void> {
  using _migration = ctx.runtime.migrations.begin(id);
  const switched = await switchOver(ctx, id, { ...options, signal });
  if (switched === null) return turnOnControl(ctx, id, signal, options);
  const { desired } = await findInstance(ctx, id);
  if (desired !== "running") return;
  let wentDown = true;
  try {
    await restartInstance(ctx, id, { ...options, signal }).catch((error: unknown) => {
      wentDown = !(signal.aborted && error === signal.reason);
      throw error;
    });
    await requireUp(ctx, id, signal);
    await requireTrust(ctx, await findInstance(ctx, id));
  } catch (error) {
    await takeBack(ctx, id, switched, { ...options, wentDown });
    throw hasReason(error, "GATEWAY_REFUSES") ? refused(id) : error;
  }
}

/** The configuration before and after. */
interface Switched {
  former: string;
  fitting: string;
}

/** Null: it opens through the panel already. */
async function switchOver(
  ctx: AppContext,
  id: InstanceId,
  options?: StopOptions,
): Promise<Switched | null> {
  const work = async (spec: InstanceSpec): Promise<Switched | null> => {
    if (spec.ingress) return null;
    const ingress = await newIngress(ctx, spec);
    if (!ingress) throw notPossible(spec);
    const former = await ctx.disk.storage.readConfig(id);
    if (former === null)
      throw new DomainError("CONFIG_MISSING", `There is no openclaw.json of ${id}.`);
    // First what may throw, then the spec: the configuration follows it, also after a crash.
    const fitting = fitConfig(ctx, { ...spec, ingress }, former, null);
    await updateInstance(ctx, id, { ingress, ingressFault: null });
    await writeInstanceConfig(ctx, id, fitting, { author: BY_PANEL });
    return { former, fitting };
  };
  return operateOn(ctx, id, "saving", work, options);
}

async function takeBack(
  ctx: AppContext,
  id: InstanceId,
  switched: Switched,
  { wentDown, ...options }: StopOptions & { wentDown: boolean },
): Promise<void> {
  try {
    await operateIfAllowed(ctx, id, "saving", async () => {
      const spec = await updateInstance(ctx, id, { ingress: null, ingressFault: null });
      const text = await ctx.disk.storage.readConfig(id);
      if (text === null) return;
      const restored = formerAccess(text, switched);
      if (restored === null) return retargetConfig(ctx, spec, text, null);
      await writeInstanceConfig(ctx, id, restored, { author: BY_PANEL });
    });
    // One that was never stopped still runs as it was.
    if (wentDown) await restartInstance(ctx, id, options);
  } catch (error) {
    ctx.log.error({ err: error }, `taking back that ${id} opens through the panel failed`);
    throw new DomainError(
      "START_FAILED",
      `${id} did not open through the panel, and could not be started again by its token: ${messageOf(error)}`,
    );
  }
}

/**
 * The gateway, or somebody, may have changed the configuration meanwhile; null: it was broken then.
 */
function formerAccess(text: string, { former, fitting }: Switched): string | null {
  if (text === fitting) return former;
  try {
    return withFormerAccess(text, former);
  } catch (error) {
    if (hasReason(error, "CONFIG_INVALID")) return null;
    throw error;
  }
}

function notPossible({ id, image }: InstanceSpec): DomainError {
  return new DomainError(
    "NOT_SUPPORTED",
    `${id} has to open by its token: the panel serves no instances at addresses of their own, its port is published beyond this machine, or its image ${image} does not state OpenClaw 2026.8.0 or newer (org.opencontainers.image.version).`,
  );
}

function refused(id: InstanceId): DomainError {
  return new DomainError(
    "GATEWAY_REFUSES",
    `The gateway of ${id} sees the panel under another address than its network's. It opens by its token again.`,
  );
}
