import { describe, expect, test } from "vitest";
import { factsAt, keysAt } from "./key-facts.ts";
import { PRINTED_SCHEMA } from "./openclaw-schema.fixture.ts";
import { prepareSchema } from "./prepare-schema.ts";

const SCHEMA = prepareSchema(PRINTED_SCHEMA);

const namesAt = (...path: string[]) => keysAt(SCHEMA, path).map(({ key }) => key);

describe("the keys of", () => {
  test.each([
    ["", "$schema,logging,agents,tools,bindings,channels,gateway,plugins"],
    ["gateway", "port,mode,bind,controlUi,auth,trustedProxies"],
    ["agents.entries.main", "name,model"],
    // One branch of a union is a text.
    ["agents.entries.main.model", "primary,fallbacks"],
    // Branches of a union in a union, each with the same keys.
    ["gateway.auth.token", "source,provider,id"],
    ["bindings.3", "type,agentId"],
    ["channels.telegram.accounts.sales", "dmPolicy"],
    ["plugins.entries", "admin-http-rpc,imap"],
    ["plugins.entries.of-somebody-else", "enabled"],
    // References to definitions within a plugin's part, one behind another.
    ["plugins.entries.imap.config.accounts.a", "host,password"],
    ["plugins.entries.imap.config.accounts.a.password", "source,provider,id"],
    ["gateway.mode", ""],
    ["channels.unknown", ""],
    ["frobnicate.a", ""],
  ])("%s", (path, keys) => {
    expect(namesAt(...path.split(".").filter(Boolean)).join(",")).toBe(keys);
  });

  test("an object say which of them it needs, and what each is for", () => {
    const [host, password] = keysAt(SCHEMA, "plugins.entries.imap.config.accounts.a".split("."));
    expect(host).toMatchObject({ key: "host", isRequired: true, kinds: ["string"] });
    expect(password).toMatchObject({ isRequired: true, kinds: ["string", "object"] });
    expect(keysAt(SCHEMA, ["gateway"])).toContainEqual(
      expect.objectContaining({ key: "port", isRequired: false, title: "Gateway Port" }),
    );
  });

  test("an object whose names are listed", () => {
    const schema = {
      propertyNames: { anyOf: [{ const: "low" }, { enum: ["high", "a"] }] },
      properties: { a: {} },
      additionalProperties: { type: "string", description: "d" },
    };
    expect(keysAt(schema, [])).toEqual([
      expect.objectContaining({ key: "a", kinds: [] }),
      expect.objectContaining({ key: "low", kinds: ["string"], description: "d" }),
      expect.objectContaining({ key: "high" }),
    ]);
  });
});

describe("what may stand at", () => {
  test.each([
    ["gateway.mode", ["local", "remote"], []],
    ["channels.telegram.dmPolicy", ["pairing", "allowlist", "open", "disabled"], []],
    ["channels.telegram.enabled", [true, false], []],
    ["gateway.port", [], ["integer"]],
    ["agents.defaults.model", [], ["string", "object"]],
    // Each branch of a union names one.
    ["gateway.auth.token.source", ["env", "file", "exec", "store"], []],
    ["bindings.0.type", ["route", "acp"], []],
    ["gateway.trustedProxies", [], ["array"]],
    ["gateway.trustedProxies.0", [], ["string"]],
  ])("%s", (path, values, kinds) => {
    expect(factsAt(SCHEMA, path.split("."))).toMatchObject({ values, kinds });
  });

  test("a key of which nothing is known is not known", () => {
    expect(factsAt(SCHEMA, ["frobnicate"])).toBeNull();
    expect(factsAt(SCHEMA, ["gateway", "mode", "a"])).toBeNull();
    expect(factsAt(SCHEMA, ["gateway", "toString"])).toBeNull();
  });
});

test("a key has its title, its description and its default", () => {
  expect(factsAt(SCHEMA, ["gateway", "bind"])).toMatchObject({
    title: "Gateway Bind Mode",
    description: expect.stringContaining("Network bind profile"),
    default: undefined,
  });
  expect(factsAt(SCHEMA, ["channels", "telegram", "dmPolicy"])).toMatchObject({
    title: null,
    description: null,
    default: "pairing",
  });
});

test.each([
  ["kinds that are a list", { type: ["string", "null", "number"] }, [null], ["string", "number"]],
  [
    "a union of kinds and a value",
    { anyOf: [{ type: "boolean" }, { const: "auto" }] },
    [true, false, "auto"],
    [],
  ],
  ["a value twice", { oneOf: [{ const: "a" }, { enum: ["a", 1] }] }, ["a", 1], []],
  ["what holds together", { allOf: [{ type: "string" }, { minLength: 1 }] }, [], ["string"]],
  ["anything", {}, [], []],
])("%s", (_, a, values, kinds) => {
  expect(factsAt({ properties: { a } }, ["a"])).toMatchObject({ values, kinds });
});

test("items of a fixed list differ; those behind them are alike", () => {
  const items = [{ type: "string" }, { type: "integer" }];
  const schema = { items, additionalItems: { type: "boolean" } };
  expect(factsAt(schema, ["1"])?.kinds).toEqual(["integer"]);
  expect(factsAt(schema, ["5"])?.values).toEqual([true, false]);
});

test("references in a circle end", () => {
  const definitions = { tree: { properties: { below: { $ref: "#/definitions/tree" } } } };
  const schema = { definitions, ...{ $ref: "#/definitions/tree" } };
  const path = Array.from({ length: 50 }, () => "below");
  expect(keysAt(schema, path).map(({ key }) => key)).toEqual(["below"]);
  const loop = { $ref: "#/a", a: { anyOf: [{ $ref: "#/a" }, { $ref: "#/gone" }, { const: 1 }] } };
  expect(factsAt(loop, [])?.values).toEqual([1]);
});
