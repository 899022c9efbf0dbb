/**
 * Runs `action` when `wait` gives it its turn. Until then `signal` ends the waiting at once; after
 * that it is up to the action, whose end is waited for.
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
  // Its turn may come after nobody waits for it any more.
  done.catch(() => undefined);
  return Promise.race([done, gaveUp.promise]);
}
