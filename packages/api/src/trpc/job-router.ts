import { z } from "zod";
import { procedure, router } from "./init.ts";
import { streamed } from "./streamed.ts";

const ById = z.object({ id: z.string().max(64) });

export const jobRouter = router({
  list: procedure.query(({ ctx }) => ctx.app.jobs.list()),
  get: procedure.input(ById).query(({ ctx, input }) => ctx.app.jobs.get(input.id)),
  log: procedure.input(ById).query(({ ctx, input }) => ctx.app.jobs.log(input.id)),
  cancel: procedure.input(ById).mutation(({ ctx, input }) => ctx.app.jobs.cancel(input.id)),
  watch: procedure.subscription(({ ctx, signal }) =>
    streamed(ctx, signal, (ends) => ctx.app.jobs.watch(ends)),
  ),
});
