import { expect, test } from "vitest";
import { matchPlaces, nearestTo } from "./match-places.ts";

test("entries have their places in a bar, each place once", () => {
  const log = { first: -100, next: 100 };
  expect(matchPlaces([-100, -99, 0, 99], log, 10)).toEqual([0, 5, 9]);
  expect(matchPlaces([0, 1, 2], { first: 0, next: 3 }, 9)).toEqual([0, 3, 6]);
  expect(matchPlaces([], { first: 0, next: 0 }, 10)).toEqual([]);
});

test("an entry that has gone, or is not there yet, has none", () => {
  expect(matchPlaces([3, 20], { first: 10, next: 20 }, 10)).toEqual([]);
});

test.each([
  [-5, 2],
  [4, 2],
  [7, 8],
  [8, 8],
  [99, 40],
])("the nearest to %i is %i", (wanted, nearest) => {
  expect(nearestTo([2, 8, 40], wanted)).toBe(nearest);
});

test("of none, none is the nearest", () => {
  expect(nearestTo([], 3)).toBeUndefined();
});
