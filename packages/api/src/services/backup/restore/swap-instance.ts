import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../../context.ts";
import { timestamp } from "../../../host/host.ts";
import type { SnapshotRecord } from "../../../store/snapshot-records.ts";
import { replaceInstance } from "../../instance/replace/replace-instance.ts";
import type { Replaced, ReplaceOptions } from "../../instance/replace/replacement.ts";
import { fitStagedConfig } from "./fit-config.ts";
import { expiryFrom } from "./snapshots.ts";

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

/**
 * Replaces the data of one instance, or creates the instance with it: the replacement that restores
 * and reverts share. What was replaced becomes a snapshot.
 */
export function swapInstance(
  ctx: AppContext,
  swap: Swap,
  options: ReplaceOptions,
): Promise<Replaced> {
  const { id, jobId, there, staged, kept, reverted, allocate } = swap;
  return replaceInstance(
    ctx,
    {
      id,
      jobId,
      there,
      whenAnother: swap.isCopy
        ? `An instance ${id} exists now. Choose another id for the copy.`
        : `Since the restore was asked for, another instance ${id} was created; its data is not replaced. Restore as a copy, or plan the restore again.`,
      data: {
        staged,
        kept,
        reverted,
        allocate,
        fit: (spec) => fitStagedConfig(ctx, staged, { ...swap, spec }),
        snapshotOf: (spec, undecided) => snapshotOf(ctx, swap, spec, undecided),
      },
    },
    options,
  );
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
