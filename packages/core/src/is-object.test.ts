import { expect, test } from "vitest";
import { isObject } from "./is-object.ts";

test.each([{}, { a: 1 }, Object.create(null)])("an object has members: %j", (value) =>
  expect(isObject(value)).toBe(true));

test.each([null, undefined, [], [{}], "{}", 1, true])("nothing else does: %j", (value) =>
  expect(isObject(value)).toBe(false));
