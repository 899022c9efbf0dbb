import { expect, test } from "vitest";
import { isDecided } from "./decided.ts";

test("a restore is undecided while its own instance does not run", () => {
  const copy = { uid: "u1" };
  expect(isDecided(copy, { uid: "u1", status: "starting" })).toBe(false);
  expect(isDecided(copy, { uid: "u1", status: "error" })).toBe(false);
  expect(isDecided(copy, { uid: "u1", status: "running" })).toBe(true);
  expect(isDecided(copy, { uid: "u2", status: "starting" })).toBe(true);
  expect(isDecided(copy, null)).toBe(true);
  expect(isDecided({ uid: null }, undefined)).toBe(true);
});
