import { expect, test } from "vitest";
import { createLogFolds } from "./create-log-folds.ts";

test("lines open and close, and all are closed for other lines", () => {
  const folds = createLogFolds();
  expect(folds.used()).toBe(false);
  folds.toggle(-3);
  folds.toggle(7);
  expect([folds.isOpen(-3), folds.isOpen(7), folds.isOpen(0), folds.used()]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  folds.toggle(7);
  // The window may still assume that the open one is higher than it is.
  expect([folds.isOpen(7), folds.used()]).toEqual([false, true]);
  folds.clear();
  expect([folds.isOpen(-3), folds.used()]).toEqual([false, false]);
});
