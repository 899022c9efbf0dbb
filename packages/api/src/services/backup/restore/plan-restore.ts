import type { PlannedRestore, RestorePlan, RestoreRequest } from "@claw/core/backup/backup";
import type { InstanceRecord } from "@claw/core/backup/instance-record";
import {
  type KnownImage,
  planRestore as planInstances,
  roomOf,
} from "@claw/core/backup/restore-plan";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../../context.ts";
import type { ArchiveContent } from "../../../files/archive-codec.ts";
import { findBackup } from "../catalogue/find-backup.ts";
import { askVersion } from "../create/record-instance.ts";

/** Input of a restore: its plan, and the backup's records. */
export interface PreparedRestore {
  filename: string;
  plan: RestorePlan;
  /** By instance id in the backup. */
  records: ReadonlyMap<string, InstanceRecord>;
  /** Uids of the existing instances. */
  there: ReadonlyMap<InstanceId, string>;
}

/**
 * Plans a restore without changing anything. Throws BACKUP_NOT_FOUND, ARCHIVE_INVALID,
 * ENGINE_UNREACHABLE, or what is wrong with the request.
 */
export async function prepareRestore(
  ctx: AppContext,
  request: RestoreRequest,
): Promise<PreparedRestore> {
  const { filename } = await findBackup(ctx, request.id);
  const [content, specs, space] = await Promise.all([
    ctx.disk.archives.inspect(filename),
    ctx.store.listInstances(),
    ctx.disk.storage.space(),
  ]);
  const inUse = await ctx.engine.addresses.portsInUse(
    content.instances.map(({ record }) => record.port),
  );
  const takenPorts = new Set([...inUse.keys(), ...specs.map(({ port }) => port)]);
  const images = await knownImages(ctx, specs);
  const instances = planInstances(content.instances, request, {
    specs,
    running: new Set(specs.filter(({ desired }) => desired === "running").map(({ id }) => id)),
    takenPorts,
    image: ctx.config.image,
    imageOf: (ref) => images.get(ref) ?? { id: null, version: null },
  });
  return {
    filename,
    plan: {
      instances,
      spaceNeeded: roomFor(instances, content),
      spaceFree: space.free,
      encryption: content.encryption,
    },
    there: new Map(specs.map(({ id, uid }) => [id, uid])),
    records: new Map(content.instances.map(({ record }) => [record.id, record])),
  };
}

function roomFor(instances: readonly PlannedRestore[], content: ArchiveContent): number {
  const held = new Map(content.instances.map((one) => [one.id, roomOf(one)]));
  return instances.reduce((sum, { from, bytes }) => sum + (held.get(from) ?? bytes), 0);
}

/** The plan of a restore, to show before anybody decides. */
export async function planRestore(ctx: AppContext, request: RestoreRequest): Promise<RestorePlan> {
  return (await prepareRestore(ctx, request)).plan;
}

/** An image does not tell its OpenClaw version; an instance that runs it does. */
async function knownImages(
  ctx: AppContext,
  specs: readonly InstanceSpec[],
): Promise<Map<string, KnownImage>> {
  const known = new Map<string, KnownImage>();
  for (const ref of new Set([ctx.config.image, ...specs.map((spec) => spec.image)])) {
    const image = await ctx.engine.images.find(ref);
    const witness = specs.find(
      (spec) => spec.image === ref && ctx.runtime.live.board.find(spec.id)?.status === "running",
    );
    const version = witness ? await askVersion(ctx, witness.id, ctx.runtime.live.signal) : null;
    known.set(ref, { id: image?.id ?? null, version });
  }
  return known;
}
