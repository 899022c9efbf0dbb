/**
 * Runs `action` when `wait` grants its turn. `signal` aborts the wait at once; a running action is
 * responsible for its own end, which is awaited.
 */
export async function inItsTurn<T>(
  signal: AbortSignal,
  wait: (action: () => Promise<T>) => Promise<T>,
  action: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const gaveUp = Promise.withResolvers<never>();
  gaveUp.promise.catch(() => undefined);
  const giveUp = () => gaveUp.reject(signal.reason);
  signal.addEventListener("abort", giveUp, { once: true });
  const done = wait(async () => {
    signal.throwIfAborted();
    signal.removeEventListener("abort", giveUp);
    return action();
  });
  // The turn may come after the caller has given up.
  done.catch(() => undefined);
  return Promise.race([done, gaveUp.promise]);
}
