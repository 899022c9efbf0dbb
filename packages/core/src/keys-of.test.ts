import { expect, test } from "vitest";
import { keysOf } from "./keys-of.ts";

test("the keys keep their order and their types", () => {
  const keys: ("b" | "a")[] = keysOf({ b: 1, a: 2 });
  expect(keys).toEqual(["b", "a"]);
  expect(keysOf({})).toEqual([]);
});
