import { BatchJob, BatchRequest } from "@claw/core/batch";
import { runBatch } from "../services/batch/run-batch.ts";
import { doneBy, procedure, router } from "./init.ts";

export const batchRouter = router({
  // The batch checks further requirements of the action for each instance.
  run: procedure({ who: "member", does: "operate", on: "someInstances" })
    .input(BatchRequest)
    .output(BatchJob)
    .mutation(({ ctx, input }) =>
      runBatch(ctx.app, input, { viewer: ctx.viewer, by: doneBy(ctx) }),
    ),
});
