import { roleOf } from "@claw/core/access/viewer";
import { unauthenticated } from "../services/access/authorize.ts";
import { isVisible } from "../services/access/visible.ts";
import { toTRPCError } from "./errors.ts";
import type { ViewerContext } from "./init.ts";

/**
 * What a subscription sends: no faster than its viewer takes it in, so that a source which hands
 * out the latest state may leave out what nobody could read, and no longer than its viewer may
 * see it. Errors are mapped here, as those of a generator bypass tRPC's middleware and would look
 * retryable.
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
    // Not an end as any other: who may still look asks again, and who may not is told so.
    if (stream.signal.aborted) throw unauthenticated();
  } catch (error) {
    throw toTRPCError(error);
  }
}

/** What was given to somebody else on the way here from the gate found no stream to end. */
function requireStillTheirs({ app, viewer, instanceIds }: ViewerContext): void {
  if (roleOf(viewer) !== "member") return;
  if (!instanceIds.every((id) => isVisible(app, viewer, id))) throw unauthenticated();
}

/** tRPC always gives procedures a signal; its type does not say so. */
export function present(signal: AbortSignal | undefined): AbortSignal {
  if (signal) return signal;
  throw new Error("what has no signal could not be ended");
}
