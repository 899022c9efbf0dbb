import { toTRPCError } from "./errors.ts";
import type { RequestContext } from "./init.ts";

/**
 * What a subscription sends: no faster than its viewer takes it in, so that a source which hands
 * out the latest state may leave out what nobody could read. Errors are mapped here, as those of
 * a generator bypass tRPC's middleware and would look retryable.
 */
export async function* streamed<T>(
  ctx: RequestContext,
  signal: AbortSignal | undefined,
  open: (signal: AbortSignal) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const ends = present(signal);
  try {
    for await (const item of open(ends)) {
      yield item;
      await ctx.writable(ends);
    }
  } catch (error) {
    throw toTRPCError(error);
  }
}

/** tRPC always gives procedures a signal; its type does not say so. */
export function present(signal: AbortSignal | undefined): AbortSignal {
  if (signal) return signal;
  throw new Error("what has no signal could not be ended");
}
