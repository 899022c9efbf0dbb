import type { BatchBefore, BatchResult } from "./batch.ts";
import { madeBy } from "./batch-made.ts";
import type { BatchOrder, Relabelling } from "./batch-request.ts";
import type { Instance, InstanceId } from "./instance.ts";
import { isSameLabel } from "./label-rules.ts";

/** An instance as it is now. */
type Now = Pick<Instance, "uid" | "desired" | "group" | "tags">;

export interface UndoOptions {
  /** Null: there is no such instance. */
  now: (id: InstanceId) => Now | null;
  /** For the undo of a creation: whether the data of the instances goes, too. */
  deleteData: boolean;
}

/**
 * The batch that returns instances to what they were before this one, or null when nothing can be
 * undone. Includes instances whose operation failed or was cut off after it had begun, and leaves
 * alone those that somebody has changed back or replaced since.
 */
export function undoOf(result: BatchResult, options: UndoOptions): BatchOrder | null {
  switch (result.action) {
    case "start":
      return toggled("stop", changedTo("running", result, options));
    case "stop":
      return toggled("start", changedTo("stopped", result, options));
    case "remove":
      return recreation(result, options);
    case "create":
      return removal(result, options);
    case "label":
      return relabelled(result, options);
    case "configure":
    case "restoreConfig":
      return reconfigured(result, options);
    case "restart":
    case "migrate":
      return null;
  }
}

function failedIn(results: BatchResult["results"]): ReadonlySet<InstanceId> {
  return new Set(results.filter(({ ok }) => !ok).map(({ id }) => id));
}

function toggled(action: "start" | "stop", ids: InstanceId[]): BatchOrder | null {
  return ids.length === 0 ? null : { action, ids };
}

/** The instances that the batch has brought into a desired state. */
function changedTo(
  desired: Instance["desired"],
  { before = [] }: BatchResult,
  { now }: UndoOptions,
): InstanceId[] {
  const isChanged = (one: BatchBefore) => {
    const current = now(one.id);
    return current?.uid === one.uid && one.desired !== desired && current.desired === desired;
  };
  return before.filter(isChanged).map(({ id }) => id);
}

/**
 * Data that was deleted does not come back. The owner does: it is remembered with the data. The
 * panel completes a removal that a crash cut off, so one without a result counts as well.
 */
function recreation(
  { before = [], results, deleteData }: BatchResult,
  { now }: UndoOptions,
): BatchOrder | null {
  if (deleteData) return null;
  const failed = failedIn(results);
  const instances = before
    .filter(({ id }) => !failed.has(id) && now(id) === null)
    .map(({ id, name, port, group, tags, desired }) => ({
      ...{ id, name, port, group, tags, start: desired === "running" },
    }));
  return instances.length === 0 ? null : { action: "create", instances };
}

/**
 * Keeps data that was there before the batch. The panel completes a creation that a crash cut off,
 * so one without a result counts as well.
 */
function removal(result: BatchResult, { now, deleteData }: UndoOptions): BatchOrder | null {
  const made = [...madeBy(result)].filter(([id, { uid }]) => now(id)?.uid === uid);
  if (made.length === 0) return null;
  const ids = made.map(([id]) => id);
  const keepDataOf = made.filter(([, { hadData }]) => hadData).map(([id]) => id);
  const keeps = deleteData && keepDataOf.length > 0;
  return { action: "remove", ids, options: { deleteData, ...(keeps && { keepDataOf }) } };
}

/** What the batch has written to each, if anything, and whether that is still there, is not known here. */
function reconfigured({ before = [] }: BatchResult, { now }: UndoOptions): BatchOrder | null {
  const ids = before.filter(({ id, uid }) => now(id)?.uid === uid).map(({ id }) => id);
  return ids.length === 0 ? null : { action: "restoreConfig", ids };
}

function relabelled(
  { before = [], request, results }: BatchResult,
  { now }: UndoOptions,
): BatchOrder | null {
  if (request?.action !== "label") return null;
  const failed = failedIn(results);
  const asked = new Map(request.instances.map((one) => [one.id, one]));
  const instances = before.flatMap((one) => {
    const [wish, current] = [asked.get(one.id), now(one.id)];
    // A failed change has changed nothing: an equal label now is somebody else's.
    if (wish === undefined || failed.has(one.id) || current?.uid !== one.uid) return [];
    const inverse = inverseOf(wish, one, current);
    return Object.keys(inverse).length === 0 ? [] : [{ id: one.id, ...inverse }];
  });
  return instances.length === 0 ? null : { action: "label", instances };
}

/** Takes back what the batch did, and keeps what others have changed since. */
function inverseOf(wish: Relabelling, before: BatchBefore, now: Now): Omit<Relabelling, "id"> {
  const has = (tags: readonly string[], tag: string) => tags.some((one) => isSameLabel(one, tag));
  const isRegrouped =
    wish.group !== undefined && wish.group === now.group && before.group !== now.group;
  const removeTags = (wish.addTags ?? []).filter(
    (tag) => !has(before.tags, tag) && has(now.tags, tag),
  );
  const addTags = before.tags.filter(
    (tag) => has(wish.removeTags ?? [], tag) && !has(now.tags, tag),
  );
  return {
    ...(isRegrouped && { group: before.group }),
    ...(addTags.length > 0 && { addTags }),
    ...(removeTags.length > 0 && { removeTags }),
  };
}
