import { expect, test } from "vitest";
import { createBatchControls } from "./batch-controls.ts";

const { signal } = new AbortController();

test("a paused batch passes when it is resumed, and one that is not passes at once", async () => {
  const controls = createBatchControls();
  const told: boolean[] = [];
  const control = controls.open("j1", () => told.push(control.isPaused));
  expect(await control.pass(signal)).toBe(true);
  controls.find("j1")?.pause();
  control.pause();
  let passed = false;
  const passing = control.pass(signal).then((result) => {
    passed = result;
  });
  await Promise.resolve();
  expect(passed).toBe(false);
  control.resume();
  await passing;
  expect(passed).toBe(true);
  expect(told).toEqual([true, false]);
});

test("one that is cancelled while paused does not pass, and an ended one is not found", async () => {
  const controls = createBatchControls();
  const cancelled = new AbortController();
  {
    using control = controls.open("j1", () => {});
    control.pause();
    const passing = control.pass(cancelled.signal);
    cancelled.abort();
    expect(await passing).toBe(false);
  }
  expect(controls.find("j1")).toBeUndefined();
});
