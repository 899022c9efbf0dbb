import { roleOf } from "@claw/core/access/viewer";
import { unauthenticated } from "../services/access/authorize.ts";
import { isVisible } from "../services/access/visible.ts";
import { toTRPCError } from "./errors.ts";
import type { ViewerContext } from "./init.ts";

/**
 * Sends a subscription's items no faster than the viewer reads them, so latest-state sources can
 * skip outdated ones, and no longer than the viewer has access. Maps errors here because those of a
 * generator bypass tRPC's middleware and would look retryable.
 */
export async function* streamed<T>(
  ctx: ViewerContext,
  signal: AbortSignal | undefined,
  open: (signal: AbortSignal) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const left = present(signal);
  try {
    using stream = ctx.app.access.streams.open(ctx.viewer, ctx.instanceIds, ctx.until);
    const ends = AbortSignal.any([left, stream.signal]);
    requireStillTheirs(ctx);
    for await (const item of open(ends)) {
      if (stream.signal.aborted) break;
      yield item;
      await ctx.writable(ends);
    }
    // Not a normal end: viewers who still have access resubscribe; the others learn why.
    if (stream.signal.aborted) throw unauthenticated();
  } catch (error) {
    throw toTRPCError(error);
  }
}

/**
 * Catches instances reassigned since authorization, before a stream existed that could be ended.
 */
function requireStillTheirs({ app, viewer, instanceIds }: ViewerContext): void {
  if (roleOf(viewer) !== "member") return;
  if (!instanceIds.every((id) => isVisible(app, viewer, id))) throw unauthenticated();
}

/** tRPC always passes a signal; its type does not say so. */
export function present(signal: AbortSignal | undefined): AbortSignal {
  if (signal) return signal;
  throw new Error("what has no signal could not be ended");
}
