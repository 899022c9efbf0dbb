import { InstanceId, NewInstance } from "@claw/core/instance";
import { formatCursor, parseCursor } from "@claw/core/log-cursor";
import { Provider } from "@claw/core/provider";
import { tracked } from "@trpc/server";
import { z } from "zod";
import type { AppContext } from "../context.ts";
import { chosenOwner } from "../services/access/chosen-owner.ts";
import { visibleChanges, visibleInstances, visibleStats } from "../services/access/visible.ts";
import { assignInstances } from "../services/instance/assign-instances.ts";
import { createInstance } from "../services/instance/create-instance.ts";
import { followLogs } from "../services/instance/follow-logs.ts";
import { initInstance } from "../services/instance/init-instance.ts";
import { openInstance } from "../services/instance/open-instance.ts";
import { proposePort } from "../services/instance/propose-port.ts";
import { readConfig } from "../services/instance/read-config.ts";
import { readLimits } from "../services/instance/read-limits.ts";
import { readOlderLogs } from "../services/instance/read-older-logs.ts";
import { removeInstance } from "../services/instance/remove-instance.ts";
import { restartInstance } from "../services/instance/restart-instance.ts";
import { saveConfig } from "../services/instance/save-config.ts";
import { startInstance } from "../services/instance/start-instance.ts";
import { stopInstance } from "../services/instance/stop-instance.ts";
import { procedure, router } from "./init.ts";
import { present, streamed } from "./streamed.ts";

const ById = z.object({ id: InstanceId });
const Removal = ById.extend({ deleteData: z.boolean() });
const Initialisation = ById.extend({ provider: Provider.optional() });
const ConfigText = ById.extend({ text: z.string(), revision: z.string().max(128) });

/** Without ids: of all instances that run. */
const StatsOf = z.object({ ids: z.array(InstanceId).max(1_000).optional() }).optional();

const LogStart = ById.extend({
  tail: z.int().min(0).max(10_000).default(200),
  /** Set by the client library when it comes back after a cut. */
  lastEventId: z
    .string()
    .transform((text, context) => {
      const cursor = parseCursor(text);
      if (cursor) return cursor;
      context.addIssue({ code: "custom", message: "lastEventId is not a log cursor." });
      return z.NEVER;
    })
    .nullish(),
});

const OlderLogs = ById.extend({
  before: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/, "before is not a log stamp."),
  limit: z.int().min(1).max(5_000).default(1_000),
});

const Assignment = z.object({
  ids: z.array(InstanceId).min(1).max(1_000),
  /** User name; null: nobody's. */
  owner: z.string().max(64).nullable(),
});

const look = { who: "member", does: "read" } as const;
const lookAtOne = { ...look, on: "instance" } as const;
const useOne = { who: "member", does: "operate", on: "instance" } as const;
const makeOne = { who: "operator", does: "admin", on: "instance" } as const;

export const instanceRouter = router({
  list: procedure(look).query(({ ctx }) => visibleInstances(ctx.app, ctx.viewer)),
  get: procedure(lookAtOne)
    .input(ById)
    .query(({ ctx, input }) => ctx.app.live.board.get(input.id)),
  create: procedure(makeOne)
    .input(NewInstance)
    .mutation(async ({ ctx, input }) =>
      createInstance(ctx.app, { ...input, owner: await chosenOwner(ctx.app, ctx.viewer, input) }),
    ),
  assign: procedure({ who: "administrator", does: "admin", on: "instances" })
    .input(Assignment)
    .mutation(({ ctx, input }) => assignInstances(ctx.app, input)),
  start: procedure(useOne)
    .input(ById)
    .mutation(({ ctx, input }) => startInstance(ctx.app, input.id)),
  stop: procedure(useOne)
    .input(ById)
    .mutation(({ ctx, input }) => stopInstance(ctx.app, input.id)),
  restart: procedure(useOne)
    .input(ById)
    .mutation(({ ctx, input }) => restartInstance(ctx.app, input.id)),
  remove: procedure(makeOne)
    .input(Removal)
    .mutation(({ ctx, input }) => removeInstance(ctx.app, input)),
  init: procedure(useOne)
    .input(Initialisation)
    .mutation(({ ctx, input }) => initInstance(ctx.app, input)),
  open: procedure(useOne)
    .input(ById)
    .mutation(({ ctx, input }) => openInstance(ctx.app, input.id)),
  proposePort: procedure({ who: "operator", does: "read" }).query(({ ctx }) =>
    proposePort(ctx.app),
  ),
  olderLogs: procedure(lookAtOne)
    .input(OlderLogs)
    .query(({ ctx, input, signal }) => readOlderLogs(ctx.app, input, present(signal))),
  limits: procedure(lookAtOne)
    .input(ById)
    .query(({ ctx, input }) => readLimits(ctx.app, input.id)),
  // It holds the token that opens the instance.
  readConfig: procedure(useOne)
    .input(ById)
    .query(({ ctx, input }) => readConfig(ctx.app, input.id)),
  saveConfig: procedure(useOne)
    .input(ConfigText)
    .mutation(({ ctx, input }) => saveConfig(ctx.app, input)),
  watch: procedure(look).subscription(({ ctx, signal }) =>
    streamed(ctx, signal, (ends) =>
      visibleChanges(ctx.app, ctx.viewer, ctx.app.live.board.watch(ends)),
    ),
  ),
  stats: procedure(look)
    .input(StatsOf)
    .subscription(({ ctx, input, signal }) =>
      streamed(ctx, signal, (ends) =>
        visibleStats(ctx.app, ctx.viewer, ctx.app.live.stats.watch(input?.ids ?? null, ends)),
      ),
    ),
  logs: procedure(lookAtOne)
    .input(LogStart)
    .subscription(({ ctx, input, signal }) =>
      streamed(ctx, signal, (ends) => logEvents(ctx.app, input, ends)),
    ),
});

/** Log batches as tracked events, by which the client resumes after a cut. */
async function* logEvents(
  app: AppContext,
  { id, tail, lastEventId }: z.output<typeof LogStart>,
  signal: AbortSignal,
) {
  const batches = followLogs(app, { id, tail, after: lastEventId ?? null }, signal);
  for await (const { lines, skipped, cursor } of batches)
    yield tracked(formatCursor(cursor), { lines, skipped });
}
