import { expect, test } from "vitest";
import type { SchemaError } from "./schema-error.ts";
import { settleUnions } from "./unions.ts";

const U = "#/properties/a/anyOf";

function errorAt(
  instancePath: string,
  schemaPath: string,
  params: Record<string, unknown> = {},
): SchemaError {
  return { instancePath, schemaPath, keyword: schemaPath.split("/").at(-1) ?? "", params };
}

const union = errorAt("/a", U);
/** What stays, as place and keyword. */
const left = (...errors: SchemaError[]) =>
  settleUnions(errors).map(({ error }) => `${error.instancePath} ${error.keyword}`);

test("errors without a union stay as they are", () => {
  const errors = [errorAt("/a", "#/properties/a/type"), errorAt("", "#/additionalProperties")];
  expect(left(...errors)).toEqual(["/a type", " additionalProperties"]);
});

test("of a text or an object, the object was meant by who wrote one", () => {
  const errors = [
    errorAt("/a", `${U}/0/type`, { type: "string" }),
    errorAt("/a", `${U}/1/additionalProperties`, { additionalProperty: "x" }),
    errorAt("/a/port", `${U}/1/properties/port/type`, { type: "number" }),
  ];
  expect(left(...errors, union)).toEqual(["/a additionalProperties", "/a/port type"]);
});

test("of several objects, the one with that tag was meant", () => {
  const errors = [
    errorAt("/a/source", `${U}/0/properties/source/const`, { allowedValue: "env" }),
    errorAt("/a/id", `${U}/1/properties/id/type`, { type: "string" }),
    errorAt("/a", `${U}/1/additionalProperties`, { additionalProperty: "x" }),
  ];
  expect(left(...errors, union)).toEqual(["/a/id type", "/a additionalProperties"]);
});

test("an unknown tag is one error with all tags", () => {
  const errors = ["env", "file"].map((allowedValue, at) =>
    errorAt("/a/source", `${U}/${at}/properties/source/const`, { allowedValue }),
  );
  const text = errorAt("/a", `${U}/2/type`, { type: "string" });
  const [settled, ...others] = settleUnions([...errors, text, union]);
  expect(others).toEqual([]);
  expect(settled?.error).toMatchObject({
    ...{ instancePath: "/a/source", keyword: "enum" },
    params: { allowedValues: ["env", "file"] },
  });
});

test("a value that fits no branch is one error, with what each branch takes", () => {
  const errors = [
    errorAt("/a", `${U}/0/type`, { type: "string" }),
    errorAt("/a", `${U}/1/const`, { allowedValue: false }),
  ];
  const settled = settleUnions([...errors, union]);
  expect(settled).toEqual([{ error: union, branches: errors }]);
});

test("a branch whose schema lies elsewhere is a branch", () => {
  const errors = [
    errorAt("/a", "#/$defs/text/type", { type: "string" }),
    errorAt("/a/port", "#/$defs/server/properties/port/type", { type: "number" }),
  ];
  expect(left(...errors, union)).toEqual(["/a/port type"]);
});

test("what lies beside a union is kept, and so is what lies elsewhere", () => {
  const beside = errorAt("/a/x", "#/properties/a/properties/x/type");
  const elsewhere = errorAt("/ab", "#/properties/ab/type");
  const branch = errorAt("/a", `${U}/0/type`);
  expect(left(beside, elsewhere, branch, union)).toEqual(["/a/x type", "/ab type", "/a anyOf"]);
});

test("a union within a union is settled first", () => {
  const inner = `${U}/1/properties/b/anyOf`;
  const errors = [
    errorAt("/a", `${U}/0/type`, { type: "string" }),
    errorAt("/a/b", `${inner}/0/type`, { type: "string" }),
    errorAt("/a/b", `${inner}/1/type`, { type: "number" }),
    errorAt("/a/b", inner),
  ];
  expect(left(...errors, union)).toEqual(["/a/b anyOf"]);
});

test("an invalid text never becomes a valid one", () => {
  const alone = errorAt("/a", "#/properties/a/oneOf", { passingSchemas: [0, 1] });
  expect(left(alone)).toEqual(["/a oneOf"]);
});

test("a condition is told by what it asks for, and a wrong key by itself", () => {
  const errors = [
    errorAt("/a", "#/properties/a/then/required", { missingProperty: "x" }),
    errorAt("/a", "#/properties/a/if"),
    { ...errorAt("/a", "#/properties/a/propertyNames/pattern"), propertyName: "X" },
    errorAt("/a", "#/properties/a/propertyNames", { propertyName: "X" }),
  ];
  expect(left(...errors)).toEqual(["/a required", "/a propertyNames"]);
});
