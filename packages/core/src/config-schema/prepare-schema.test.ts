import { expect, test } from "vitest";
import { prepareSchema } from "./prepare-schema.ts";

/** A plugin's schema as OpenClaw copies it into its own: its reference starts at the root. */
const plugin = {
  type: "object",
  properties: { accounts: { type: "array", items: { $ref: "#/$defs/account" } } },
  $defs: { account: { type: "object", properties: { user: { type: "string" } } } },
};

function schemaWith(id: string, config: object) {
  return {
    type: "object",
    properties: {
      plugins: { properties: { entries: { properties: { [id]: { properties: { config } } } } } },
    },
  };
}

/** The reference that the schema above has after the repair. */
function refOf(prepared: unknown): unknown {
  return /"\$ref":"([^"]+)"/.exec(JSON.stringify(prepared))?.[1] ?? null;
}

test.each([
  ["imap", "imap"],
  ["a/b ~c", "a~1b%20~0c"],
  ["名", "%E5%90%8D"],
])("a plugin's reference is led to its own definitions: %s", (id, segment) => {
  expect(refOf(prepareSchema(schemaWith(id, plugin)))).toBe(
    `#/properties/plugins/properties/entries/properties/${segment}/properties/config/$defs/account`,
  );
});

test("what follows a definition's name stays", () => {
  const items = { $ref: "#/$defs/account/properties/user" };
  const config = { ...plugin, properties: { users: { items } } };
  expect(refOf(prepareSchema(schemaWith("imap", config)))).toMatch(
    /config\/\$defs\/account\/properties\/user$/,
  );
});

test("a reference to the schema's own definitions stays", () => {
  const own = { definitions: { port: { type: "number" } }, properties: { a: {} } };
  const schema = { ...own, properties: { a: { $ref: "#/definitions/port" } } };
  expect(refOf(prepareSchema(schema))).toBe("#/definitions/port");
});

test("the nearest definition wins, as its plugin meant it", () => {
  const schema = { ...schemaWith("imap", plugin), $defs: { account: { type: "number" } } };
  expect(refOf(prepareSchema(schema))).toMatch(/config\/\$defs\/account$/);
});

test("a reference that leads nowhere accepts anything", () => {
  const { $defs: _, ...lost } = plugin;
  const prepared = prepareSchema(schemaWith("imap", lost));
  expect(refOf(prepared)).toBeNull();
  expect(JSON.stringify(prepared)).toContain('"items":{}');
});

test("a schema with an id of its own is left alone", () => {
  const config = { ...plugin, $id: "https://plugin.example/schema" };
  expect(refOf(prepareSchema(schemaWith("imap", config)))).toBe("#/$defs/account");
});

test("a key and data that look like keywords are no keywords", () => {
  const schema = {
    properties: {
      $ref: { type: "string" },
      const: { $ref: "#/$defs/gone" },
      a: { const: { $ref: "#/$defs/gone" }, enum: [{ $ref: "#/$defs/gone" }] },
    },
  };
  expect(prepareSchema(schema).properties).toEqual({
    $schema: { type: "string" },
    $ref: { type: "string" },
    const: {},
    a: { const: { $ref: "#/$defs/gone" }, enum: [{ $ref: "#/$defs/gone" }] },
  });
});

test("$schema is allowed, and described as OpenClaw does if it does", () => {
  expect(prepareSchema({ properties: { a: {} } }).properties).toEqual({
    $schema: { type: "string" },
    a: {},
  });
  const described = { $schema: { type: "string", description: "d" } };
  expect(prepareSchema({ properties: described }).properties).toEqual(described);
});

test("a key with a default is not required, since the gateway puts it in first", () => {
  const channel = {
    properties: { dmPolicy: { type: "string", default: "pairing" }, token: { type: "string" } },
    required: ["dmPolicy", "token"],
  };
  const prepared = prepareSchema({
    properties: { telegram: channel, required: { type: "string" } },
  });
  expect(prepared.properties).toMatchObject({
    telegram: { ...channel, required: ["token"] },
    required: { type: "string" },
  });
});

test("the given schema is not changed", () => {
  const schema = schemaWith("imap", plugin);
  const before = structuredClone(schema);
  prepareSchema(schema);
  expect(schema).toEqual(before);
});
