import { InstanceId } from "@claw/core/instance";
import { formatCursor, LogBatch, OlderLogs, parseCursor } from "@claw/core/log-cursor";
import { tracked } from "@trpc/server";
import { z } from "zod";
import type { AppContext } from "../context.ts";
import { followLogs } from "../services/instance/follow-logs.ts";
import { readOlderLogs } from "../services/instance/read-older-logs.ts";
import { procedure } from "./init.ts";
import { trackedStreamOf } from "./stream-of.ts";
import { present, streamed } from "./streamed.ts";

const OfOne = z.object({ id: InstanceId });

const LogStart = OfOne.extend({
  tail: z.int().min(0).max(10_000).default(200),
  /** Set by the client library when it reconnects. */
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

const OlderThan = OfOne.extend({
  before: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/, "before is not a log stamp."),
  limit: z.int().min(1).max(5_000).default(1_000),
});

const lookAtOne = { who: "member", does: "read", on: "instance" } as const;

/** Log lines of an instance: live from a point on, and older ones. */
export const logProcedures = {
  olderLogs: procedure(lookAtOne)
    .input(OlderThan)
    .output(OlderLogs)
    .query(({ ctx, input, signal }) => readOlderLogs(ctx.app, input, present(signal))),
  logs: procedure(lookAtOne)
    .input(LogStart)
    .output(trackedStreamOf(LogBatch))
    .subscription(({ ctx, input, signal }) =>
      streamed(ctx, signal, (ends) => logEvents(ctx.app, input, ends)),
    ),
};

/** Log batches as tracked events, so that clients resume after a disconnect. */
async function* logEvents(
  app: AppContext,
  { id, tail, lastEventId }: z.output<typeof LogStart>,
  signal: AbortSignal,
) {
  const batches = followLogs(app, { id, tail, after: lastEventId ?? null }, signal);
  for await (const { cursor, ...batch } of batches) yield tracked(formatCursor(cursor), batch);
}
