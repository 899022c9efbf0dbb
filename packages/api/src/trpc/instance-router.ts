import { InstanceId, NewInstance } from "@claw/core/instance";
import { formatCursor, parseCursor } from "@claw/core/log-cursor";
import { Provider } from "@claw/core/provider";
import { tracked } from "@trpc/server";
import { z } from "zod";
import type { AppContext } from "../context.ts";
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

export const instanceRouter = router({
  list: procedure.query(({ ctx }) => ctx.app.live.board.list()),
  get: procedure.input(ById).query(({ ctx, input }) => ctx.app.live.board.get(input.id)),
  create: procedure.input(NewInstance).mutation(({ ctx, input }) => createInstance(ctx.app, input)),
  start: procedure.input(ById).mutation(({ ctx, input }) => startInstance(ctx.app, input.id)),
  stop: procedure.input(ById).mutation(({ ctx, input }) => stopInstance(ctx.app, input.id)),
  restart: procedure.input(ById).mutation(({ ctx, input }) => restartInstance(ctx.app, input.id)),
  remove: procedure.input(Removal).mutation(({ ctx, input }) => removeInstance(ctx.app, input)),
  init: procedure.input(Initialisation).mutation(({ ctx, input }) => initInstance(ctx.app, input)),
  open: procedure.input(ById).mutation(({ ctx, input }) => openInstance(ctx.app, input.id)),
  proposePort: procedure.query(({ ctx }) => proposePort(ctx.app)),
  olderLogs: procedure
    .input(OlderLogs)
    .query(({ ctx, input, signal }) => readOlderLogs(ctx.app, input, present(signal))),
  limits: procedure.input(ById).query(({ ctx, input }) => readLimits(ctx.app, input.id)),
  readConfig: procedure.input(ById).query(({ ctx, input }) => readConfig(ctx.app, input.id)),
  saveConfig: procedure.input(ConfigText).mutation(({ ctx, input }) => saveConfig(ctx.app, input)),
  watch: procedure.subscription(({ ctx, signal }) =>
    streamed(ctx, signal, (ends) => ctx.app.live.board.watch(ends)),
  ),
  stats: procedure
    .input(StatsOf)
    .subscription(({ ctx, input, signal }) =>
      streamed(ctx, signal, (ends) => ctx.app.live.stats.watch(input?.ids ?? null, ends)),
    ),
  logs: procedure
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
