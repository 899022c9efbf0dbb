import { messageOf } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../../context.ts";
import { NOBODY } from "../../access/audit-draft.ts";
import { WORK_MAY_TAKE_MS } from "../../runtime/drains.ts";
import { applyInstance } from "../apply-instance.ts";
import { launchInstance } from "../bring-up.ts";
import { changeConfigAs } from "../config-versions.ts";
import { launchOnFreePort } from "../create-instance.ts";
import { takeDown } from "../take-down.ts";
import { updateInstance } from "../update-instance.ts";
import type { NewData, Replaced, Replacement, ReplaceOptions } from "./replacement.ts";
import { startUntilHealthy } from "./start-until-healthy.ts";

export interface ReplacedInstance {
  /** Null if there was no such instance. */
  before: InstanceSpec | null;
  /** Its spec; creates the one of a missing instance. */
  allocate: () => Promise<InstanceSpec>;
}

/**
 * The steps of a replacement that is in the journal, up to its commit, which removes it there. The
 * caller undoes it when this rejects.
 */
export async function carryOut(
  ctx: AppContext,
  { id, jobId, data, spec: change }: Replacement,
  { before, allocate }: ReplacedInstance,
  { signal, onPhase, onDown, onUp }: ReplaceOptions,
): Promise<Replaced> {
  if (data?.reverted) await ctx.disk.storage.stageSnapshot(data.reverted.kept, data.staged);
  const former = await allocate();
  await data?.fit(former);
  onPhase("stopping");
  await takeDown(ctx, id, {
    workWithinMs: WORK_MAY_TAKE_MS.scheduled,
    signal,
    onDown: before?.desired === "running" ? onDown : undefined,
  });
  onPhase("swapping");
  const spec = change ? await updateInstance(ctx, id, change) : former;
  if (data) await swapIn(ctx, id, data, jobId);
  signal.throwIfAborted();
  onPhase("starting");
  let late: string | null = null;
  if (spec.desired === "running") late = await start(ctx, id, before !== null, signal);
  else await applyInstance(ctx, spec);
  if (late === null) onUp();
  const snapshot = (await data?.snapshotOf(spec, late !== null)) ?? null;
  signal.throwIfAborted();
  await ctx.store.finishReplacement(id, snapshot, data?.reverted?.id);
  // It is complete; an unreachable engine does not change that.
  await ctx.runtime.live.observer
    .refresh(id)
    .catch((error: unknown) => ctx.log.warn(`${id} after its replacement: ${messageOf(error)}`));
  return { snapshotId: snapshot?.id ?? null, late };
}

/** The configuration in the new data is a version of whoever asked for it. */
async function swapIn(ctx: AppContext, id: InstanceId, data: NewData, jobId: string) {
  const job = await ctx.store.findJob(jobId);
  const user = ctx.access.people.nameOf(job?.begunBy ?? null);
  await changeConfigAs(ctx, id, { source: "restore", by: { ...NOBODY, user } }, () =>
    ctx.disk.storage.swapIn(id, data.staged, data.kept),
  );
}

/** A new instance may move to another port if its own was taken meanwhile. */
async function start(ctx: AppContext, id: InstanceId, existed: boolean, signal: AbortSignal) {
  const launch = existed ? launchInstance : launchOnFreePort;
  return startUntilHealthy(ctx, id, { start: () => launch(ctx, id), signal });
}
