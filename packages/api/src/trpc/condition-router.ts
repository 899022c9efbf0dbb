import { Condition, ConditionEvent } from "@claw/core/conditions";
import { z } from "zod";
import { conditionsFor, visibleConditions } from "../services/access/visible-conditions.ts";
import { procedure, router } from "./init.ts";
import { streamOf } from "./stream-of.ts";
import { streamed } from "./streamed.ts";

const look = { who: "member", does: "read" } as const;

export const conditionRouter = router({
  list: procedure(look)
    .output(z.array(Condition))
    .query(async ({ ctx }) =>
      conditionsFor(ctx.app, ctx.viewer, await ctx.app.runtime.conditions.read()),
    ),
  /** The whole list, and again on each change. */
  watch: procedure(look)
    .output(streamOf(ConditionEvent))
    .subscription(({ ctx, signal }) =>
      streamed(ctx, signal, (ends) => visibleConditions(ctx.app, ctx.viewer, ends)),
    ),
});
