import { isFinished } from "@claw/core/job";
import { type Host, timestamp } from "../../host/host.ts";
import type { Store } from "../../store/store.ts";

/**
 * Jobs do not survive the panel: marks those that ran when it was killed as failed. A batch that was
 * paused cannot be resumed.
 */
export async function failInterrupted(store: Store, host: Host): Promise<void> {
  for (const job of await store.listJobs(1_000)) {
    if (isFinished(job)) continue;
    const error = {
      reason: "INTERRUPTED" as const,
      message: "The panel was ended while the job ran. Begin it again.",
    };
    const ended = { status: "failed", error, finishedAt: timestamp(host) } as const;
    if (job.kind === "batch" && job.result)
      await store.saveJob({ ...job, ...ended, result: { ...job.result, paused: false } });
    else await store.saveJob({ ...job, ...ended });
  }
}
