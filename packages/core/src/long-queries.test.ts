import { expect, test } from "vitest";
import { LONG_QUERIES } from "./long-queries.ts";

test("a whole configuration is no part of an address", () => {
  expect(LONG_QUERIES.has("instances.validateConfig")).toBe(true);
  expect(LONG_QUERIES.has("instances.list")).toBe(false);
});
