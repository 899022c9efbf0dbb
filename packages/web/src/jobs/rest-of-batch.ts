import { undoOf } from "@claw/core/batch-undo";
import type { Job } from "../api/client.ts";
import { batchBy } from "./job-result.ts";

export type Undo = NonNullable<ReturnType<typeof undoOf>>;

/** Members may start and stop their instances; the other actions need an operator. */
export const needsOperator = (action: Undo["action"] | "restart" | undefined): boolean =>
  action === "remove" || action === "create" || action === "label";

/** The undo that the panel would begin for a finished batch now, or null. */
export function undoIn(job: Job, now: Parameters<typeof undoOf>[1]["now"]): Undo | null {
  const batch = batchBy(job);
  return batch && undoOf(batch, { now, deleteData: false });
}

export const idsIn = (request: Undo): string[] =>
  "ids" in request ? request.ids : request.instances.map(({ id }) => id);

/** The failed and unbegun instances of a batch that can be retried. */
export function notDoneIn(job: Job): string[] {
  const batch = batchBy(job);
  if (!batch?.request) return [];
  const done = new Set(batch.results.filter(({ ok }) => ok).map(({ id }) => id));
  return (job.instanceIds ?? []).filter((id) => !done.has(id));
}
