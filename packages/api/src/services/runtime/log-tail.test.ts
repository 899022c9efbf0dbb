import type { LogLine } from "@claw/core/log-cursor";
import { expect, test } from "vitest";
import { createLogTail } from "./log-tail.ts";

const lines = (count: number, text = "a line"): LogLine[] =>
  Array.from({ length: count }, () => ({
    ts: "2026-01-01T00:00:00.000000001Z",
    stream: "stdout",
    text,
  }));

test("what is given waits, in order, with what was lost before it", async () => {
  const tail = createLogTail();
  tail.give(lines(1), 0);
  tail.give(lines(2), 3);
  expect(await tail.take()).toEqual({ lines: lines(1), damaged: 0 });
  expect(await tail.take()).toEqual({ lines: lines(2), damaged: 3 });
  const waiting = tail.take();
  tail.give(lines(3), 0);
  expect(await waiting).toEqual({ lines: lines(3), damaged: 0 });
});

test.each([
  ["many lines", lines(500)],
  ["few lines that weigh much", lines(8, "x".repeat(32_000))],
])("a reader that does not take %s is behind, and holds none of them", async (_, batch) => {
  const tail = createLogTail();
  for (let round = 0; round < 20; round++) tail.give(batch, 0);
  expect(await tail.take()).toBe("behind");
  tail.restart();
  tail.give(lines(1, "new"), 0);
  expect(await tail.take()).toEqual({ lines: lines(1, "new"), damaged: 0 });
});

test("the end comes after what waits, and so does an error", async () => {
  const ending = createLogTail();
  ending.give(lines(1), 0);
  ending.end();
  expect(await ending.take()).toMatchObject({ damaged: 0 });
  expect(await ending.take()).toBeNull();

  const breaking = createLogTail();
  const waiting = breaking.take();
  breaking.end(new Error("broken"));
  await expect(waiting).rejects.toThrow("broken");
});
