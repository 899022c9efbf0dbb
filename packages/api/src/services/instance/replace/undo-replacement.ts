import { hasReason, messageOf } from "@claw/core/errors";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../../context.ts";
import type {
  ContainerBefore,
  ReplacedData,
  ReplacementEntry,
  SpecChange,
} from "../../../store/replacement-records.ts";
import { NOBODY } from "../../access/audit-draft.ts";
import { workloadFor, writeComposeFile } from "../apply-instance.ts";
import { changeConfigAs } from "../config-versions.ts";
import { takeDown } from "../take-down.ts";
import { updateInstance } from "../update-instance.ts";

/**
 * Returns an instance to its state before an interrupted replacement, and removes it from the
 * journal last: can be repeated. Does not start the instance. The caller holds its lock; if it
 * knows that an existing instance is untouched, no engine is needed.
 */
export async function undoReplacement(
  ctx: AppContext,
  entry: ReplacementEntry,
  { untouched = false } = {},
): Promise<void> {
  const { instanceId: id, data, spec, specBefore, containerBefore } = entry;
  if (!untouched || specBefore === null) await takeDown(ctx, id, { workWithinMs: 0 });
  if (specBefore === null) await ctx.engine.remove(id);
  if (data)
    await changeConfigAs(ctx, id, { source: "restore", by: NOBODY }, () =>
      putDataBack(ctx, id, data),
    );
  if (specBefore === null) await forgetInstance(ctx, id);
  else if (spec && !untouched) {
    const former = await updateInstance(ctx, id, formerOf(specBefore, spec));
    await putContainerBack(ctx, former, containerBefore);
  }
  await ctx.store.finishReplacement(id, null);
}

async function putDataBack(
  ctx: AppContext,
  id: InstanceId,
  { staged, kept, reverted }: ReplacedData,
): Promise<void> {
  // A staged snapshot remains a snapshot until its replacement succeeds.
  const copy = reverted === null ? null : await ctx.store.findSnapshot(reverted);
  await ctx.disk.storage.swapBack(id, staged, kept, copy ? { stagedTo: copy.kept } : {});
}

async function forgetInstance(ctx: AppContext, id: InstanceId): Promise<void> {
  await ctx.store.deleteInstance(id);
  ctx.runtime.live.board.removeSpec(id);
  await writeComposeFile(ctx);
}

/** The values that the changed fields had; other fields may have been changed meanwhile. */
function formerOf({ image, timezone }: InstanceSpec, change: SpecChange): SpecChange {
  return {
    ...(change.image === undefined ? {} : { image }),
    ...(change.timezone === undefined ? {} : { timezone }),
  };
}

/**
 * Puts the former container back if it is still there; otherwise creates one like it, from the same
 * image even if its reference names another one now.
 */
async function putContainerBack(
  ctx: AppContext,
  spec: InstanceSpec,
  before: ContainerBefore | null,
): Promise<void> {
  await writeComposeFile(ctx);
  const present = (await ctx.engine.list(spec.id)).get(spec.id);
  if (present?.containerId === before?.id) return;
  const workload = await workloadFor(ctx, spec);
  const named = await ctx.engine.images.find(spec.image);
  const was = before?.imageId ?? null;
  const image = was !== null && was !== named?.id ? was : workload.image;
  try {
    await ctx.engine.deploy({ ...workload, image });
  } catch (error) {
    if (!hasReason(error, "IMAGE_MISSING")) throw error;
    // Deleted meanwhile; nobody could put that back. The next start says so, or takes the reference.
    ctx.log.warn(`the container of ${spec.id} is not as before: ${messageOf(error)}`);
  }
}
