import { expect, test } from "vitest";
import { aJob } from "../testing/fixtures.ts";
import { roundedUp, timeLeft } from "./time-left.ts";

const START = "2026-11-22T08:00:00.000Z";
const after = (seconds: number) => Date.parse(START) + seconds * 1000;
const running = (patch: Parameters<typeof aJob>[0]) =>
  aJob({ startedAt: START, status: "running", progress: 0.25, ...patch });

test("what is left follows from what is done", () => {
  expect(timeLeft(running({}), after(60))).toBe(180_000);
});

test.each([
  ["it has just begun", running({}), 2],
  ["too little is done", running({ progress: 0.01 }), 60],
  ["all is done", running({ progress: 1 }), 60],
  ["it waits", running({ status: "queued", startedAt: null }), 60],
  ["it is over", running({ status: "failed" }), 60],
  ["its steps take different times", running({ kind: "init" }), 60],
])("nobody knows when %s", (_, job, seconds) => {
  expect(timeLeft(job, after(seconds))).toBeNull();
});

test("is said in steps of five seconds", () => {
  expect([roundedUp(0), roundedUp(5001), roundedUp(60_000)]).toEqual([5000, 10_000, 60_000]);
});
