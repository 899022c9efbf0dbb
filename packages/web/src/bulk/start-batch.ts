import type { Api } from "../api/client.ts";
import { type Batch, type BatchItem, requestOf } from "./batch.ts";

/** Lets the panel begin a batch for `items`; resolves with its job. */
export function startBatch(
  { trpc }: Api,
  batch: Batch,
  items: readonly BatchItem[],
): Promise<{ id: string }> {
  switch (batch.kind) {
    case "configure": {
      const { patch, pace } = batch;
      const ids = items.map(({ id }) => id);
      return trpc.configRollouts.run.mutate({ ids, patch, ...(pace && { options: pace }) });
    }
    case "restoreConfig":
      return trpc.configRollouts.undo.mutate({ id: batch.jobId });
    default:
      return trpc.batches.run.mutate(requestOf(batch, items));
  }
}
