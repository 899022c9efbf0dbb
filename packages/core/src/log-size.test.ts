import { expect, test } from "vitest";
import { cutMark, LINE_LIMIT_BYTES, sizeOf } from "./log-size.ts";

const line = (text: string) =>
  ({ ts: "2026-11-22T08:22:07.707000001Z", stream: "stdout", text }) as const;

test("counts what lines weigh, so that neither many nor long ones are free", () => {
  expect(sizeOf([])).toBe(0);
  expect(sizeOf(Array.from({ length: 1_000 }, () => line("")))).toBeGreaterThan(100_000);
  expect(sizeOf([line("x".repeat(LINE_LIMIT_BYTES))])).toBeGreaterThan(2 * LINE_LIMIT_BYTES);
});

test("says of a line that was cut how long it was", () => {
  expect(cutMark(2_000_000)).toBe("… [cut: 2000000 bytes]");
});
