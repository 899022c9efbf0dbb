import { DomainError } from "@claw/core/errors";

/** Throws CANCELLED as soon as `signal` aborts, even while waiting for the next item. */
export async function* untilAborted<T>(
  items: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  let refuse: (reason: unknown) => void = () => undefined;
  const abort = () => refuse(cancelled(signal));
  signal.addEventListener("abort", abort, { once: true });
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      if (signal.aborted) throw cancelled(signal);
      // No race with one promise for all of them: that would retain every item until its end.
      const { promise, resolve, reject } = Promise.withResolvers<IteratorResult<T>>();
      refuse = reject;
      iterator.next().then(resolve, reject);
      const next = await promise;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener("abort", abort);
    // Not awaited: a silent sender does not answer this either.
    iterator.return?.()?.then(undefined, () => undefined);
  }
}

function cancelled(signal: AbortSignal): DomainError {
  if (signal.reason instanceof DomainError) return signal.reason;
  return new DomainError("CANCELLED", "The upload was cancelled.", { cause: signal.reason });
}
