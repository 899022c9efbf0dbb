import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson5Object } from "../json5-edit.ts";
import { hasInclude, imageIssues } from "./image-issues.ts";

const issuesOf = (text: string, path: string, message: string) =>
  imageIssues(text, parseJson5Object(text), [{ path, message }]).map(
    ({ line, column, ...issue }) => [line, column, issue.path, issue.message],
  );

test("a complaint lies at the value that it is about", () => {
  const text = "{\n  // tools: 1\n  tools: {\n    allow: [],\n    alsoAllow: [] },\n}";
  expect(
    imageIssues(text, parseJson5Object(text), [{ path: "tools", message: "Not both." }]),
  ).toEqual([{ line: 3, column: 10, path: "tools", message: "Not both.", source: "image" }]);
});

test("a key that OpenClaw does not know is marked itself, each of several", () => {
  const text = '{\n  gateway: {\n    "bogus": 1,\n    mode: "local",\n    token: 2 } }';
  expect(issuesOf(text, "gateway", 'Unrecognized keys: "bogus", "token"')).toEqual([
    [3, 5, "gateway", "Unrecognized key: bogus"],
    [5, 5, "gateway", "Unrecognized key: token"],
  ]);
  expect(issuesOf("{\n  x: 1 }", "<root>", 'Unrecognized key: "x"')).toEqual([
    [2, 3, "", "Unrecognized key: x"],
  ]);
});

test("keys with dots and items of lists are found", () => {
  const text =
    '{ models: { providers: {\n  "my.prov": { models: [\n    { input: [ "foo" ] } ] } } } }';
  const path = "models.providers.my.prov.models.0.input.0";
  expect(issuesOf(text, path, "Invalid input")).toEqual([[3, 16, path, "Invalid input"]]);
});

test("what is missing is told of what lies around it, by its whole path", () => {
  expect(issuesOf("{\n  agents:\n  {} }", "agents.entries", "must have one")).toEqual([
    [3, 3, "agents.entries", "must have one"],
  ]);
  expect(issuesOf("{ a: 1 }", "agents.entries", "must have one")).toEqual([
    [1, 1, "agents.entries", "must have one"],
  ]);
});

test("what a variable leads to is the instance's", () => {
  const text = '{ logging: { level: "${LEVEL}", file: "x" } }';
  expect(issuesOf(text, "logging.level", "Invalid input")).toEqual([]);
  expect(issuesOf(text, "logging.file", "Invalid input")).toHaveLength(1);
});

test("whatever an image says, each complaint has a place in the text", () => {
  const json = fc.dictionary(fc.constantFrom("a", "b", "a.b", "", "__proto__"), fc.jsonValue());
  const complaint = fc.record({ path: fc.string(), message: fc.string() });
  fc.assert(
    fc.property(json, fc.array(complaint), (value, complaints) => {
      const text = JSON.stringify(value, null, 2);
      const lines = text.split("\n").length;
      const issues = imageIssues(text, parseJson5Object(text), complaints);
      expect(issues.every(({ line }) => line >= 1 && line <= lines)).toBe(true);
    }),
  );
});

test("other files are noticed wherever they are named", () => {
  expect(hasInclude({ agents: { list: [{ $include: "./a.json5" }] } })).toBe(true);
  expect(hasInclude({ agents: { note: "$include" } })).toBe(false);
});
