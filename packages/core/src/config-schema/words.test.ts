import { expect, test } from "vitest";
import type { SchemaError } from "./schema-error.ts";
import { wordsOf, wrongKeyOf } from "./words.ts";

const errorOf = (keyword: string, params: object, message?: string): SchemaError => ({
  ...{ instancePath: "/a", schemaPath: `#/properties/a/${keyword}`, keyword },
  params: { ...params },
  ...(message === undefined ? {} : { message }),
});

test.each([
  ["additionalProperties", { additionalProperty: "x" }, 1, "Unrecognized key: x"],
  ["propertyNames", { propertyName: "X" }, {}, "Unrecognized key: X"],
  ["required", { missingProperty: "mode" }, {}, "Missing key: mode"],
  ["type", { type: "object" }, [], "Invalid input: expected object, received array"],
  [
    "type",
    { type: ["string", "null"] },
    1,
    "Invalid input: expected string or null, received number",
  ],
  [
    "type",
    { type: "string,null" },
    true,
    "Invalid input: expected string or null, received boolean",
  ],
  ["type", { type: "string" }, null, "Invalid input: expected string, received null"],
  ["enum", { allowedValues: ["a", "b", 3] }, "x", 'Invalid input: expected "a", "b" or 3'],
  ["const", { allowedValue: null }, "x", "Invalid input: expected null"],
  ["false schema", {}, "x", "Invalid input: nothing may stand here"],
] as const)("%s of %j", (keyword, params, value, words) => {
  expect(wordsOf({ error: errorOf(keyword, params), branches: [] }, value)).toBe(words);
});

test("another error is told in the words of the validator", () => {
  const error = errorOf("minimum", { limit: 1 }, "must be >= 1");
  expect(wordsOf({ error, branches: [] }, 0)).toBe("Invalid input: must be >= 1");
});

test("of many values some are named", () => {
  const allowedValues = Array.from({ length: 40 }, (_, at) => `v${at}`);
  const words = wordsOf({ error: errorOf("enum", { allowedValues }), branches: [] }, "x");
  expect(words).toMatch(/^Invalid input: expected one of "v0", .*"v11", …$/);
});

test("a union names what it takes", () => {
  const branches = [
    errorOf("type", { type: "string" }),
    errorOf("const", { allowedValue: false }),
    errorOf("type", { type: "string" }),
  ];
  expect(wordsOf({ error: errorOf("anyOf", {}), branches }, 1)).toBe(
    "Invalid input: expected string or false, received number",
  );
  expect(wordsOf({ error: errorOf("anyOf", {}), branches: [] }, 1)).toBe(
    "Invalid input: it has none of the allowed forms",
  );
});

test("the wrong key is that of the error, if it is about a key", () => {
  expect(wrongKeyOf(errorOf("additionalProperties", { additionalProperty: "x" }))).toBe("x");
  expect(wrongKeyOf(errorOf("propertyNames", { propertyName: "y" }))).toBe("y");
  expect(wrongKeyOf(errorOf("required", { missingProperty: "z" }))).toBeNull();
});
