import { type Failure, failureOf } from "../api/api-error.ts";
import type { Instance, Job, RouterInputs } from "../api/client.ts";
import { batchBy } from "../jobs/job-result.ts";
import { isUnfinished } from "../live/create-job-feed.ts";

/** The subject of a batch; the instance itself may not exist yet, or no longer. */
export interface BatchItem {
  id: string;
  name: string;
  /** For a creation: the requested port. */
  port?: number;
  /** For a creation: the owner. */
  owner?: string;
  /** For a creation: overrides the batch's value. */
  start?: boolean;
  group?: string | null;
  tags?: string[];
}

/** A change of labels, the same for all instances of a batch. */
export interface LabelChange {
  group?: string | null;
  addTags?: string[];
  removeTags?: string[];
}

/** Pace of a batch; all at once, past every failure, by default. */
export interface Pace {
  wave?: number;
  pauseBetween?: boolean;
  stopAtFirstFailure?: boolean;
}

/** One action on many instances. */
export type Batch =
  | { kind: "start" | "stop" | "restart" | "migrate"; items: readonly BatchItem[]; pace?: Pace }
  | { kind: "remove"; items: readonly BatchItem[]; deleteData: boolean }
  | { kind: "create"; items: readonly BatchItem[]; start: boolean }
  | { kind: "label"; items: readonly BatchItem[]; change: LabelChange }
  | { kind: "configure"; items: readonly BatchItem[]; patch: ConfigPatch; pace?: Pace }
  /** Takes back the texts that a roll-out has written. */
  | { kind: "restoreConfig"; items: readonly BatchItem[]; jobId: string };

/** A change of configurations: a JSON merge patch. */
export type ConfigPatch = RouterInputs["configRollouts"]["run"]["patch"];

/** What is no batch of its own to the panel. */
type RollOut = Batch & { kind: "configure" | "restoreConfig" };

export type BatchKind = Batch["kind"];

/** The request for a batch, which the panel runs. */
export function requestOf(
  batch: Exclude<Batch, RollOut>,
  items: readonly BatchItem[],
): RouterInputs["batches"]["run"] {
  const ids = items.map(({ id }) => id);
  switch (batch.kind) {
    case "remove":
      return { action: "remove", ids, options: { deleteData: batch.deleteData } };
    case "create":
      return {
        action: "create",
        instances: items.map((item) => ({ ...item, start: bringsUp(batch, item) })),
      };
    case "label":
      return { action: "label", instances: ids.map((id) => ({ id, ...batch.change })) };
    default:
      return { action: batch.kind, ids, ...(batch.pace && { options: batch.pace }) };
  }
}

/** Whether an instance still has to start after the panel has answered. */
function bringsUp(batch: Batch, item: BatchItem): boolean {
  if (batch.kind === "create") return item.start ?? batch.start;
  return batch.kind === "start" || batch.kind === "restart";
}

/**
 * Whether a batch needs confirmation because it stops several instances, or ends links that people
 * have; deleting has its own dialog.
 */
export function asksFirst(batch: Batch): batch is AskedBatch {
  const { kind, items } = batch;
  return kind === "migrate" || ((kind === "stop" || kind === "restart") && items.length > 1);
}

/** May go in waves. */
export type AskedBatch = Batch & { kind: "stop" | "restart" | "migrate" };

export type BatchUndo = Batch & { kind: "start" | "stop" | "create" | "restoreConfig" };

/**
 * The batch that undoes this one for `items`, or null when impossible. `jobIds`: the jobs in which the
 * panel did it, several after a retry; each of them has an undo of its own among the jobs.
 */
export function undoOf(
  batch: Batch,
  items: readonly BatchItem[],
  jobIds: readonly string[] = [],
): BatchUndo | null {
  switch (batch.kind) {
    case "start":
      return { kind: "stop", items };
    case "stop":
      return { kind: "start", items };
    case "remove":
      return batch.deleteData ? null : { kind: "create", items, start: false };
    case "configure": {
      const [jobId, ...others] = jobIds;
      const isOne = jobId !== undefined && others.length === 0;
      return isOne ? { kind: "restoreConfig", items, jobId } : null;
    }
    case "restart":
    case "migrate":
    case "create":
    case "label":
    case "restoreConfig":
      return null;
  }
}

export type ItemState = "waiting" | "running" | "done" | "failed" | "skipped";

export interface ItemProgress {
  item: BatchItem;
  state: ItemState;
  /** The panel's refusal or error. */
  failure: ItemFailure | undefined;
}

export interface ItemFailure {
  reason: Failure;
  message: string;
}

export function failureFrom(error: unknown): ItemFailure {
  const message = error instanceof Error ? error.message : String(error);
  return { reason: failureOf(error), message };
}

/** By id. */
export type JobProgress = Map<string, Omit<ItemProgress, "item">>;

/** A job's result for each of its instances. */
export function progressIn(job: Job): JobProgress {
  const rest: ItemState = isUnfinished(job) ? "waiting" : "skipped";
  const all: JobProgress = new Map();
  for (const id of job.instanceIds ?? []) all.set(id, { state: rest, failure: undefined });
  const batch = batchBy(job);
  for (const id of batch?.underWay ?? []) all.set(id, underWayIn(job));
  // Actions running at the cancellation continue; their status tells how they end.
  for (const { id, ok, reason = "INTERNAL", message = "" } of batch?.results ?? [])
    if (ok || reason === "CANCELLED") all.set(id, { state: "done", failure: undefined });
    else if (reason === "NOT_BEGUN") all.set(id, { state: "skipped", failure: undefined });
    else all.set(id, { state: "failed", failure: { reason, message } });
  return all;
}

/** An ended job reports nothing more: its actions under way have failed with it. */
function underWayIn(job: Job): Omit<ItemProgress, "item"> {
  if (isUnfinished(job)) return { state: "running", failure: undefined };
  const { reason, message } = job.error ?? { reason: "INTERRUPTED", message: "" };
  return { state: "failed", failure: { reason, message } };
}

/** A start is done when the instance runs, not when the panel accepts it. */
export function outcomeOf(
  batch: Batch,
  progress: ItemProgress,
  instance: Pick<Instance, "status"> | undefined,
): ItemState {
  if (progress.state !== "done" || !bringsUp(batch, progress.item) || !instance)
    return progress.state;
  if (instance.status === "starting") return "running";
  return instance.status === "error" ? "failed" : "done";
}
