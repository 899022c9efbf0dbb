import { expect, test } from "vitest";
import { sparkPath } from "./spark-path.ts";

const SPACE = { width: 60, height: 20, spanMs: 60_000, max: 100 };

test("the newest point is at the right end, the largest at the top", () => {
  const { line, area } = sparkPath(
    [
      { at: 100_000, value: 0 },
      { at: 105_000, value: 100 },
    ],
    SPACE,
  );
  expect(line).toBe("M55 19.3L60 0.8");
  expect(area).toBe("M55 20L55 19.3L60 0.8L60 20Z");
});

test("breaks where nothing was seen, and leaves out what is too old", () => {
  const { line } = sparkPath(
    [
      { at: 0, value: 50 },
      { at: 90_000, value: 50 },
      { at: 120_000, value: 50 },
      { at: 122_000, value: 500 },
    ],
    SPACE,
  );
  expect(line).toBe("M28 10h.01M58 10L60 0.8");
});

test("draws nothing of nothing, nor of one number", () => {
  const first = { at: 100_000, value: 50 };
  for (const points of [[], [first], [{ at: 0, value: 50 }, first]])
    expect(sparkPath(points, SPACE)).toEqual({ line: "", area: "" });
});
