import { describe, expect, test } from "vitest";
import { OPENCLAW_SCHEMA } from "../../../tests/support/openclaw-schema.ts";
import { compileSchema } from "./compile-schema.ts";

const check = compileSchema(JSON.stringify(OPENCLAW_SCHEMA));
/** The issues of a text, as an editor lists them. */
const found = (text: string) =>
  check(text).map(({ line, column, path, message }) =>
    [`${line}:${column}`, ...(path === "" ? [] : [`${path}:`]), message].join(" "),
  );

test("a configuration with comments and trailing commas has no issue", () => {
  const text = `// 注释
{
  $schema: "https://openclaw.example/schema.json",
  gateway: { mode: 'local', port: 0x4965, auth: { token: "t" }, },
  channels: {},
}
`;
  expect(found(text)).toEqual([]);
});

test.each([
  ["an unknown key", "frobnicate: true", "3:3 Unrecognized key: frobnicate"],
  ["one further in", "gateway: { token: 't' }", "3:14 gateway: Unrecognized key: token"],
  ["a wrong kind", "channels: []", "3:13 channels: Invalid input: expected object, received array"],
  [
    "a text for a number",
    "gateway: { port: '1' }",
    "3:20 gateway.port: Invalid input: expected integer, received string",
  ],
  [
    "a word of no list",
    "gateway: { bind: '0.0.0.0' }",
    '3:20 gateway.bind: Invalid input: expected "auto", "lan", "loopback", "custom" or "tailnet"',
  ],
  [
    "none of a union",
    "agents: { model: 4 }",
    "3:20 agents.model: Invalid input: expected string or object, received number",
  ],
  [
    "in a union",
    "agents: { model: { primery: 'x' } }",
    "3:22 agents.model: Unrecognized key: primery",
  ],
  [
    "in a plugin",
    "plugins: { entries: { imap: { config: { accounts: [{ user: 1 }] } } } }",
    "3:62 plugins.entries.imap.config.accounts.0.user: Invalid input: expected string, received number",
  ],
])("%s is told at its place", (_, member, issue) => {
  expect(found(`{\n  // ${member}\n  ${member},\n}`)).toEqual([issue]);
});

test("what plugins add that the image does not know is accepted", () => {
  expect(found("{ channels: { ours: { a: 1 } } }")).toEqual([]);
  expect(found("{ plugins: { entries: { ours: { config: { b: 2 } } } } }")).toEqual([]);
});

describe("a schema", () => {
  test("that is no JSON, or holds what no validator understands, is refused", () => {
    expect(() => compileSchema("no schema")).toThrow();
    expect(() => compileSchema('{"properties":{"a":{"type":"nonsense"}}}')).toThrow();
  });

  test("is not changed by the texts that it was asked about", () => {
    expect(check("{ frobnicate: 1 }")).toHaveLength(1);
    expect(check("{}")).toEqual([]);
  });
});

test("a value named like a part of every object is a key like any other", () => {
  expect(found("{ __proto__: { gateway: 1 } }")).toEqual(["1:3 Unrecognized key: __proto__"]);
  expect(found("{ constructor: 1 }")).toEqual(["1:3 Unrecognized key: constructor"]);
});
