import { expect, test } from "vitest";
import { createEngineClock } from "./engine-clock.ts";

const TOLD = "Sun, 22 Nov 2026 10:30:44 GMT";
const THERE = Date.UTC(2026, 10, 22, 10, 30, 44);

function clockOf(own: number) {
  const state = { own, passed: 7_000 };
  const clock = createEngineClock(
    () => state.passed,
    () => state.own,
  );
  return { clock, state };
}

test("is the panel's until Docker has said its time, and as long as both agree", () => {
  const { clock, state } = clockOf(THERE + 789);
  expect(clock.now()).toBe(THERE + 789);
  clock.hear(TOLD);
  expect(clock.now()).toBe(THERE + 789);
  expect(clock.atLeast()).toBe(THERE + 789);
  state.own += 250;
  state.passed += 250;
  expect(clock.now()).toBe(THERE + 1_039);
});

test.each([300_000, -300_000])("is Docker's when the panel's is %i ms away", (away) => {
  const { clock, state } = clockOf(THERE + away);
  clock.hear(TOLD);
  expect(clock.atLeast()).toBe(THERE);
  expect(Math.abs(clock.now() - THERE)).toBeLessThan(1_000);
  state.passed += 60_000;
  expect(clock.atLeast()).toBe(THERE + 60_000);
});

test("goes on when the panel's clock jumps, and follows Docker's", () => {
  const { clock, state } = clockOf(THERE);
  clock.hear(TOLD);
  state.own += 300_000;
  expect(clock.atLeast()).toBe(THERE);
  clock.hear("Sun, 22 Nov 2026 10:25:44 GMT");
  clock.hear(undefined);
  clock.hear("yesterday");
  expect(clock.atLeast()).toBe(THERE - 300_000);
});
