import { InstanceId } from "@claw/core/instance";
import { InstanceStats, WatchEvent } from "@claw/core/instance-views";
import { z } from "zod";
import { visibleChanges, visibleStats } from "../services/access/visible.ts";
import { procedure } from "./init.ts";
import { streamOf } from "./stream-of.ts";
import { streamed } from "./streamed.ts";

/** Without ids: all running instances. */
const StatsOf = z.object({ ids: z.array(InstanceId).max(1_000).optional() }).optional();

const look = { who: "member", does: "read" } as const;

/** Status and usage of the viewer's instances, as they change. */
export const feedProcedures = {
  watch: procedure(look)
    .output(streamOf(WatchEvent))
    .subscription(({ ctx, signal }) =>
      streamed(ctx, signal, (ends) => visibleChanges(ctx.app, ctx.viewer, ends)),
    ),
  stats: procedure(look)
    .input(StatsOf)
    .output(streamOf(z.array(InstanceStats)))
    .subscription(({ ctx, input, signal }) =>
      streamed(ctx, signal, (ends) =>
        visibleStats(ctx.app, ctx.viewer, { ids: input?.ids, signal: ends }),
      ),
    ),
};
