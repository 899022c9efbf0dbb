import { vi } from "vitest";

/** Waits until `check` no longer throws, at most `withinMs`. For conditions without an event. */
export function eventually<T>(check: () => T | Promise<T>, withinMs = 5_000): Promise<T> {
  return vi.waitFor(check, { timeout: withinMs, interval: 10 });
}

/** A promise that an event of the test resolves, with a time limit. */
export function signalled(withinMs = 5_000) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(
    () => reject(new Error(`it did not happen within ${withinMs} ms`)),
    withinMs,
  ).unref();
  promise.catch(() => undefined).finally(() => clearTimeout(timer));
  return { promise, resolve };
}

/** Lets everything proceed that needs nothing from outside. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
