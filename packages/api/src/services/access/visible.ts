import {
  type AccessObject,
  maySee,
  maySeePast,
  roleOf,
  type Viewer,
} from "@claw/core/access/viewer";
import type { Backup } from "@claw/core/backup/backup";
import type { Instance, InstanceId, InstanceSpec } from "@claw/core/instance";
import type { InstanceStats, WatchEvent } from "@claw/core/instance-views";
import type { Job, JobEvent } from "@claw/core/job";
import { backupNotFound, instanceNotFound, jobNotFound } from "@claw/core/not-found";
import { type Subject, subjectsOf } from "@claw/core/subject";
import type { AppContext } from "../../context.ts";

/** Whether the viewer may currently see an instance; false if it does not exist. */
export function isVisible(ctx: AppContext, viewer: Viewer, id: InstanceId): boolean {
  const instance = ctx.runtime.live.board.identityOf(id);
  return instance !== undefined && maySee(viewer, instance);
}

export function visibleInstances(ctx: AppContext, viewer: Viewer): Instance[] {
  return ctx.runtime.live.board.list().filter(({ id }) => isVisible(ctx, viewer, id));
}

/** Changes for a viewer with partial access: instances that are reassigned appear removed. */
export async function* visibleChanges(
  ctx: AppContext,
  viewer: Viewer,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent> {
  const shown = new Set<InstanceId>();
  for await (const event of ctx.runtime.live.board.watch(signal)) {
    if (event.type === "snapshot") {
      const instances = event.instances.filter(({ id }) => isVisible(ctx, viewer, id));
      for (const { id } of instances) shown.add(id);
      yield { type: "snapshot", instances };
    } else if (event.type === "changed" && isVisible(ctx, viewer, event.instance.id)) {
      shown.add(event.instance.id);
      yield event;
    } else if (event.type === "engine") {
      yield event;
    } else {
      const id = event.type === "removed" ? event.id : event.instance.id;
      if (shown.delete(id)) yield { type: "removed", id };
    }
  }
}

/** Usage of the running instances of `ids`, or of all. */
export async function* visibleStats(
  ctx: AppContext,
  viewer: Viewer,
  { ids, signal }: { ids: readonly InstanceId[] | undefined; signal: AbortSignal },
): AsyncGenerator<InstanceStats[]> {
  for await (const stats of ctx.runtime.live.stats.watch(ids ?? null, signal))
    yield stats.filter(({ id }) => isVisible(ctx, viewer, id));
}

/**
 * The ownership of which a viewer may see what an instance's configuration was; null: of every one.
 * Throws INSTANCE_NOT_FOUND for an instance that has meanwhile become another's.
 */
export function ownershipFor(
  viewer: Viewer,
  spec: Pick<InstanceSpec, "id" | "uid" | "owner" | "ownership">,
): string | null {
  if (!maySee(viewer, spec)) throw instanceNotFound(spec.id);
  return viewer.user.role === "member" ? spec.ownership : null;
}

/**
 * A job belongs to the owners of its instances at the time it began, from its start; one without
 * instances, to the user who began it and to those who see everything.
 */
export function isVisibleJob(viewer: Viewer, { about, createdAt, begunBy }: Job): boolean {
  if (about.length === 0 && viewer.instanceUids === null && begunBy === viewer.user.id) return true;
  return isTheirs(viewer, about, createdAt);
}

function isTheirs(viewer: Viewer, about: readonly Subject[], at: string): boolean {
  if (roleOf(viewer) !== "member") return true;
  return about.length > 0 && about.every((subject) => maySeePast(viewer, subject, at));
}

export async function* visibleJobs(
  viewer: Viewer,
  events: AsyncIterable<JobEvent>,
): AsyncGenerator<JobEvent> {
  for await (const event of events)
    if (event.type === "snapshot")
      yield { ...event, jobs: event.jobs.filter((job) => isVisibleJob(viewer, job)) };
    else if (isVisibleJob(viewer, event.job)) yield event;
}

/** A backup holds the keys of all its instances, so only the owner of all of them may see it. */
export function isVisibleBackup(
  viewer: Viewer,
  { instances, createdAt }: Pick<Backup, "instances" | "createdAt">,
): boolean {
  return isTheirs(viewer, subjectsOf(instances), createdAt);
}

export async function* visibleBackups<T extends { type: "snapshot"; backups: Backup[] }>(
  viewer: Viewer,
  events: AsyncIterable<T>,
): AsyncGenerator<T> {
  for await (const event of events)
    yield { ...event, backups: event.backups.filter((each) => isVisibleBackup(viewer, each)) };
}

/** Throws the error of a missing object for a job or backup that belongs to others. */
export async function requireVisibleObject(
  ctx: AppContext,
  viewer: Viewer,
  kind: AccessObject | undefined,
  id: string,
): Promise<void> {
  if (kind === "job" && !isVisibleJob(viewer, await ctx.runtime.jobs.get(id)))
    throw jobNotFound(id);
  if (kind !== "backup") return;
  const backup = await ctx.store.findBackup(id);
  if (backup && !isVisibleBackup(viewer, backup)) throw backupNotFound();
}
