import type { Locator } from "playwright-core";

/** Waits until it can be seen; fails when that does not happen within the window's time limit. */
export const see = (locator: Locator, timeout?: number) =>
  locator.waitFor({ state: "visible", ...(timeout === undefined ? {} : { timeout }) });

/** Waits until it cannot be seen. */
export const gone = (locator: Locator, timeout?: number) =>
  locator.waitFor({ state: "hidden", ...(timeout === undefined ? {} : { timeout }) });
