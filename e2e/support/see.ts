import type { Locator } from "playwright-core";

type Limit = { timeout?: number };

const limit = (timeout: number | undefined): Limit => (timeout === undefined ? {} : { timeout });

/** Waits until it can be seen; fails when that does not happen within the window's time limit. */
export const see = (locator: Locator, timeout?: number) =>
  locator.waitFor({ state: "visible", ...limit(timeout) });

/**
 * Waits until it cannot be seen. A modal dialog hides the rest of the page from roles, so whatever
 * lies outside of a dialog is judged only once none covers the page: before, it seems gone though
 * nothing has happened yet.
 */
export const gone = async (locator: Locator, timeout?: number) => {
  if (!inDialog(locator)) await uncovered(locator, timeout);
  await locator.waitFor({ state: "hidden", ...limit(timeout) });
};

const inDialog = (locator: Locator) => String(locator).includes("getByRole('dialog'");

const uncovered = (locator: Locator, timeout?: number) =>
  locator
    .page()
    .locator("#root[aria-hidden=true]")
    .waitFor({ state: "detached", ...limit(timeout) });
