import { DomainError } from "@claw/core/errors";
import type { BatchJob } from "@claw/core/job";
import type { AppContext } from "../../context.ts";

/** The job of a batch. Throws JOB_NOT_FOUND, also for jobs of other kinds. */
export async function findBatch(ctx: AppContext, id: string): Promise<BatchJob> {
  const job = await ctx.runtime.jobs.get(id);
  if (job.kind === "batch" && job.result !== null) return { ...job, result: job.result };
  throw new DomainError("JOB_NOT_FOUND", `The job ${id} is no batch, or its record is damaged.`);
}
