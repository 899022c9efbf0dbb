import { Job, JobEvent, JobLogLine } from "@claw/core/job";
import { z } from "zod";
import { isVisibleJob, visibleJobs } from "../services/access/visible.ts";
import { procedure, router } from "./init.ts";
import { streamOf } from "./stream-of.ts";
import { streamed } from "./streamed.ts";

const ById = z.object({ id: z.string().max(64) });

const look = { who: "member", does: "read" } as const;
const lookAtOne = { ...look, on: "job" } as const;

export const jobRouter = router({
  list: procedure(look)
    .output(z.array(Job))
    .query(async ({ ctx }) =>
      (await ctx.app.runtime.jobs.list()).filter((job) => isVisibleJob(ctx.viewer, job)),
    ),
  get: procedure(lookAtOne)
    .input(ById)
    .output(Job)
    .query(({ ctx, input }) => ctx.app.runtime.jobs.get(input.id)),
  log: procedure(lookAtOne)
    .input(ById)
    .output(z.array(JobLogLine))
    .query(({ ctx, input }) => ctx.app.runtime.jobs.log(input.id)),
  cancel: procedure({ who: "member", does: "operate", on: "job" })
    .input(ById)
    .output(Job)
    .mutation(({ ctx, input }) => ctx.app.runtime.jobs.cancel(input.id)),
  watch: procedure(look)
    .output(streamOf(JobEvent))
    .subscription(({ ctx, signal }) =>
      streamed(ctx, signal, (ends) => visibleJobs(ctx.viewer, ctx.app.runtime.jobs.watch(ends))),
    ),
});
