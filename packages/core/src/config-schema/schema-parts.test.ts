import { describe, expect, test } from "vitest";
import { membersOf, partsAt } from "./schema-parts.ts";

const port = { type: "integer" };
const named = { properties: { name: { type: "string" } } };

describe("the parts at a path", () => {
  test.each([
    ["of the root", [], { properties: { port } }, 1],
    ["of a member", ["port"], { properties: { port } }, 1],
    ["of any member", ["x"], { additionalProperties: port }, 1],
    ["of an item", ["7"], { items: port }, 1],
    ["of an item by its place", ["1"], { items: [named, port] }, 1],
    ["of each branch of a union", ["name"], { anyOf: [named, { oneOf: [named] }] }, 1],
    ["of nothing", ["y"], { properties: { port } }, 0],
    ["of a member that an object has by nature", ["toString"], { properties: {} }, 0],
  ])("%s", (_, path, schema, count) => {
    expect(partsAt(schema, path)).toHaveLength(count);
  });

  test("follow a reference, and a circle of them once", () => {
    const schema = {
      $defs: { "a/b": { properties: { next: { $ref: "#/$defs/a~1b" } } } },
      $ref: "#/$defs/a~1b",
    };
    const [part] = partsAt(schema, ["next", "next"]);
    expect(part).toEqual({ $ref: "#/$defs/a~1b" });
    expect(partsAt({ $ref: "https://example.org/x" }, ["a"])).toEqual([]);
  });
});

test("the members of objects, each with all that is said of it", () => {
  const one = { properties: { name: { type: "string" } } };
  const other = { properties: { name: { title: "Name" }, port } };
  const members = membersOf({}, [one, other]);
  expect([...members.keys()]).toEqual(["name", "port"]);
  expect(members.get("name")).toEqual([{ type: "string" }, { title: "Name" }]);
});

const titlesAt = (root: Parameters<typeof partsAt>[0], ...path: string[]) =>
  partsAt(root, path).map(({ title }) => title);

describe("a reference", () => {
  test.each([
    ["#", "whole"],
    ["#/$defs/a~1b", "slash"],
    ["#/$defs/a~0b", "tilde"],
    ["#/$defs/%E4%BD%A0", "escaped"],
    ["#/$defs/list/1", "second"],
  ])("%s leads to its part", ($ref, title) => {
    const $defs = {
      "a/b": { title: "slash" },
      "a~b": { title: "tilde" },
      你: { title: "escaped" },
      list: [{ title: "first" }, { title: "second" }],
    };
    const root = { title: "whole", $defs, properties: { key: { title: "key", $ref } } };
    expect(titlesAt(root, "key")).toEqual(["key", title]);
  });

  test.each([
    "#/$defs/none",
    "#/toString",
    "https://example.com/schema",
    "#/$defs/none/below",
  ])("%s leads nowhere", ($ref) => {
    expect(titlesAt({ $defs: {}, properties: { key: { title: "key", $ref } } }, "key")).toEqual([
      "key",
    ]);
  });
});

test("a key that is named is described by its name only", () => {
  const root = {
    properties: { toName: { title: "named" } },
    additionalProperties: { title: "other" },
  };
  expect(titlesAt(root, "toName")).toEqual(["named"]);
  expect(titlesAt(root, "toString")).toEqual(["other"]);
});
