import { BatchRequest } from "@claw/core/batch-request";
import { BatchJob } from "@claw/core/job";
import { z } from "zod";
import { pauseBatch, resumeBatch } from "../services/batch/pause-batch.ts";
import { runBatch } from "../services/batch/run-batch.ts";
import { retryBatch, undoBatch } from "../services/batch/undo-batch.ts";
import { doneBy, procedure, router, type ViewerContext } from "./init.ts";

const ById = z.object({ id: z.string().max(64) });
/** `deleteData`: for the undo of a creation; the data stays by default. */
const Undo = ById.extend({ deleteData: z.boolean().exactOptional() });

// The batch checks further requirements of the action for each instance.
const many = procedure({ who: "member", does: "operate", on: "someInstances" });
const one = procedure({ who: "member", does: "operate", on: "job" });

const starter = (ctx: ViewerContext) => ({ viewer: ctx.viewer, by: doneBy(ctx) });

export const batchRouter = router({
  run: many
    .input(BatchRequest)
    .output(BatchJob)
    .mutation(({ ctx, input }) => runBatch(ctx.app, input, starter(ctx))),
  pause: one
    .input(ById)
    .output(BatchJob)
    .mutation(({ ctx, input }) => pauseBatch(ctx.app, input.id)),
  resume: one
    .input(ById)
    .output(BatchJob)
    .mutation(({ ctx, input }) => resumeBatch(ctx.app, input.id, ctx.viewer)),
  undo: one
    .input(Undo)
    .output(BatchJob)
    .mutation(({ ctx, input }) => undoBatch(ctx.app, input, starter(ctx))),
  retry: one
    .input(ById)
    .output(BatchJob)
    .mutation(({ ctx, input }) => retryBatch(ctx.app, input, starter(ctx))),
});
