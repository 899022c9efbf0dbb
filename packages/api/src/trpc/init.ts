import { initTRPC } from "@trpc/server";
import { z } from "zod";
import type { AppContext } from "../context.ts";
import { errorData, inputMessage, toTRPCError } from "./errors.ts";

/** What a procedure is given. */
export interface RequestContext {
  app: AppContext;
  /** Resolves when the viewer's connection has taken in what was sent to it. */
  writable: (signal: AbortSignal) => Promise<void>;
}

const t = initTRPC.context<RequestContext>().create({
  isDev: false,
  sse: {
    ping: { enabled: true, intervalMs: 15_000 },
    client: { reconnectAfterInactivityMs: 40_000 },
  },
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    message: error.cause instanceof z.ZodError ? inputMessage(error.cause) : shape.message,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path,
      ...errorData(error),
    },
  }),
});

const mapped = t.middleware(async ({ ctx, next, path }) => {
  const result = await next();
  if (result.ok) return result;
  const error = toTRPCError(result.error);
  if (error.code === "INTERNAL_SERVER_ERROR")
    ctx.app.log.error({ err: error.cause ?? error, path }, error.message);
  return { ...result, error };
});

export const router = t.router;
export const procedure = t.procedure.use(mapped);
