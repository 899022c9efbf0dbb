import { vi } from "vitest";

/** Waits until `check` does not throw any more, at most `withinMs`. For what tells no event. */
export function eventually<T>(check: () => T | Promise<T>, withinMs = 5_000): Promise<T> {
  return vi.waitFor(check, { timeout: withinMs, interval: 10 });
}

/** A promise that an event of the test resolves, and that does not keep a test waiting for ever. */
export function signalled(withinMs = 5_000) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(
    () => reject(new Error(`it did not happen within ${withinMs} ms`)),
    withinMs,
  ).unref();
  promise.catch(() => undefined).finally(() => clearTimeout(timer));
  return { promise, resolve };
}

/** Lets everything that can go on without the outside do so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
