import { expect, test } from "vitest";
import { createRateWindow } from "./rate-window.ts";

function setUp() {
  let now = 1_000;
  const rate = createRateWindow(() => now);
  const add = (at: number, value: number) => {
    now = 1_000 + at;
    rate.add(value);
    return rate.perSecond();
  };
  return add;
}

test("is told as soon as there are two moments", () => {
  const add = setUp();
  expect(add(0, 0)).toBe(0);
  expect(add(0, 50)).toBe(0);
  expect(add(500, 100)).toBe(200);
  expect(add(1_000, 100)).toBe(100);
});

test("is that of the last five seconds, whatever was before", () => {
  const add = setUp();
  add(0, 0);
  add(1_000, 1_000_000);
  for (let second = 2; second < 6; second++) add(second * 1_000, 1_000_000);
  expect(add(6_000, 1_000_500)).toBe(100);
  expect(add(60_000, 1_000_500)).toBe(0);
});
