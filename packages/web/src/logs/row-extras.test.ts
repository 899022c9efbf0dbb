import { expect, test } from "vitest";
import { RowExtras } from "./row-extras.ts";

test("adds up the rows between two entries, also below 0", () => {
  const extras = new RowExtras();
  extras.set(-600, 1);
  extras.set(-1, 2);
  extras.set(0, 4);
  extras.set(5000, 8);
  expect(extras.between(-600, 5001)).toBe(15);
  expect(extras.between(-600, 5000)).toBe(7);
  expect(extras.between(-599, 0)).toBe(2);
  expect(extras.between(1, 5000)).toBe(0);
});

test("tells what was not known, and forgets", () => {
  const extras = new RowExtras();
  expect([extras.set(3, 0), extras.set(3, 2), extras.set(3, 2), extras.set(3, 1)]).toEqual([
    false,
    true,
    false,
    true,
  ]);
  extras.set(2000, 1);
  extras.dropBefore(600);
  expect([extras.between(0, 600), extras.between(0, 3000)]).toEqual([0, 1]);
  extras.clear();
  expect(extras.between(0, 3000)).toBe(0);
});
