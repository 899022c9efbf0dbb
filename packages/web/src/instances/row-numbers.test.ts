import { expect, test } from "vitest";
import { anInstance } from "../testing/fixtures.ts";
import { rowNumbers } from "./row-numbers.ts";

test("counts the head, and the row that tells an instance's error", () => {
  const numbers = rowNumbers([
    anInstance({ id: "a" }),
    anInstance({ id: "b", status: "error", statusReason: "It failed." }),
    anInstance({ id: "c" }),
  ]);
  expect(numbers.count).toBe(5);
  expect(["a", "b", "c", "gone"].map(numbers.of)).toEqual([2, 3, 5, undefined]);
});
