import { expect, test } from "vitest";
import { listed, named } from "./resource-references.ts";

const ANNA = { instanceIds: ["anna"], isWhole: true };

test.each([
  ["instance", { id: "anna" }, { instanceIds: ["anna"], object: null, isWhole: true }],
  ["device", { id: "anna", requestId: "0f" }, { ...ANNA, object: "0f" }],
  ["device", { id: "anna", deviceId: "d1" }, { ...ANNA, object: "d1" }],
  ["device", { id: "anna", deviceId: "my password!" }, { ...ANNA, object: null }],
  ["device", { id: "../anna", deviceId: "d" }, { instanceIds: [], object: "d", isWhole: false }],
  ["instances", { ids: ["a", "b"] }, { instanceIds: ["a", "b"], object: null, isWhole: true }],
  ["someInstances", { ids: ["a"] }, { instanceIds: ["a"], object: null, isWhole: true }],
  ["instanceIds", {}, { instanceIds: [], object: null, isWhole: true }],
  ["job", { id: "0f" }, { instanceIds: [], object: "0f", isWhole: true }],
  ["user", { username: "mina", password: "x" }, { instanceIds: [], object: "mina", isWhole: true }],
  [
    "invitation",
    { username: "mina", instance: { id: "anna", name: "x" } },
    { instanceIds: ["anna"], object: "mina", isWhole: true },
  ],
  [
    "invitation",
    { username: "mina", instance: { id: "../anna" } },
    { instanceIds: [], object: "mina", isWhole: true },
  ],
  ["invitation", { username: "mina" }, { instanceIds: [], object: "mina", isWhole: true }],
  [undefined, { id: "anna" }, { instanceIds: [], object: null, isWhole: true }],
  ["instance", { id: "../anna" }, { instanceIds: [], object: null, isWhole: false }],
  ["instances", { ids: ["a", 7] }, { instanceIds: ["a"], object: null, isWhole: false }],
  ["instance", { id: { id: "anna" } }, { instanceIds: [], object: null, isWhole: false }],
  ["job", { id: "a\n\u001b[31mb" }, { instanceIds: [], object: null, isWhole: false }],
  ["user", { username: "my password!" }, { instanceIds: [], object: null, isWhole: false }],
  ["instance", null, { instanceIds: [], object: null, isWhole: true }],
  ["instance", "anna", { instanceIds: [], object: null, isWhole: true }],
  ["instance", Object.create({ id: "anna" }), { instanceIds: [], object: null, isWhole: true }],
] as const)("of %s in %j", (on, input, expected) => expect(named(on, input)).toEqual(expected));

test.each([
  ["someInstances", { ids: ["a", "b"] }, ["a", "b"]],
  ["someInstances", { instances: [{ id: "a", name: "A" }, { id: "b" }] }, ["a", "b"]],
  ["someInstances", { instances: [{ id: "a" }, null, "b", { id: "../c" }, {}] }, ["a"]],
  ["someInstances", { instances: { id: "a" } }, []],
  ["instance", { id: "a", instances: [{ id: "b" }] }, ["a"]],
  [undefined, { instances: [{ id: "a" }] }, []],
] as const)("an audit event of %s in %j lists %j, which permission does not see", (on, input, ids) => {
  expect(listed(on, input)).toEqual(ids);
  if ("instances" in input) expect(named(on, input).instanceIds).not.toContain("b");
});
