import { z } from "zod";
import { mapErrors } from "./errors.ts";
import { procedure, router } from "./init.ts";

const ById = z.object({ id: z.string().max(64) });

export const jobRouter = router({
  list: procedure.query(({ ctx }) => ctx.app.jobs.list()),
  get: procedure.input(ById).query(({ ctx, input }) => ctx.app.jobs.get(input.id)),
  log: procedure.input(ById).query(({ ctx, input }) => ctx.app.jobs.log(input.id)),
  cancel: procedure.input(ById).mutation(({ ctx, input }) => ctx.app.jobs.cancel(input.id)),
  watch: procedure.subscription(({ ctx, signal }) =>
    mapErrors(ctx.app.jobs.watch(signal ?? AbortSignal.abort())),
  ),
});
