import { describe, expect, test } from "vitest";
import { parseJson5Object } from "../json5-edit.ts";
import { pathOf, type SchemaError } from "./schema-error.ts";
import { schemaIssues } from "./schema-issues.ts";

function errorAt(instancePath: string, keyword: string, params: object = {}): SchemaError {
  return { instancePath, schemaPath: `#/${keyword}`, keyword, params: { ...params } };
}

const issuesIn = (text: string, ...errors: SchemaError[]) =>
  schemaIssues(text, parseJson5Object(text), errors);

const TEXT = `{
  // frobnicate: 1
  gateway: {
    mode: "local", 'frobnicate': { deep: [1] },
  },
  channels: [],
}
`;

describe("an issue", () => {
  test("about a key lies under the key, not where a comment has it", () => {
    const error = errorAt("/gateway", "additionalProperties", { additionalProperty: "frobnicate" });
    expect(issuesIn(TEXT, error)).toEqual([
      {
        ...{ line: 4, column: 20, path: "gateway", source: "schema" },
        message: "Unrecognized key: frobnicate",
      },
    ]);
  });

  test("about a value lies under the value", () => {
    expect(issuesIn(TEXT, errorAt("/channels", "type", { type: "object" }))).toEqual([
      {
        ...{ line: 6, column: 13, path: "channels", source: "schema" },
        message: "Invalid input: expected object, received array",
      },
    ]);
  });

  test("about something missing lies under the name of what lacks it", () => {
    const missing = { missingProperty: "auth" };
    expect(issuesIn(TEXT, errorAt("/gateway", "required", missing))).toMatchObject([
      { line: 3, column: 3, path: "gateway", message: "Missing key: auth" },
    ]);
    expect(issuesIn(TEXT, errorAt("", "required", missing))).toMatchObject([
      { line: 1, column: 1, path: "" },
    ]);
  });

  test("has its line with any line ends, and after a byte order mark", () => {
    const error = errorAt("/channels", "type", { type: "object" });
    for (const end of ["\r\n", "\r"])
      expect(issuesIn(TEXT.replaceAll("\n", end), error)).toMatchObject([{ line: 6, column: 13 }]);
    expect(issuesIn(`\u{feff}${TEXT}`, error)).toMatchObject([{ line: 6, column: 13 }]);
  });
});

test("issues come in the order of the text, each once", () => {
  const channels = errorAt("/channels", "type", { type: "object" });
  const mode = errorAt("/gateway/mode", "enum", { allowedValues: ["remote"] });
  const issues = issuesIn(TEXT, channels, mode, { ...channels, schemaPath: "#/allOf/1/type" });
  expect(issues.map(({ path }) => path)).toEqual(["gateway.mode", "channels"]);
});

test("of many errors a thousand are issues", () => {
  const keys = Array.from({ length: 1_500 }, (_, at) => `k${at}`);
  const errors = keys.map((additionalProperty) =>
    errorAt("", "additionalProperties", { additionalProperty }),
  );
  const issues = issuesIn(`{${keys.map((key) => `${key}: 1`).join(",\n")}}`, ...errors);
  expect(issues).toHaveLength(1_000);
});

test("a key with a slash or a tilde is found", () => {
  const error = errorAt("/a~1b/c~0d", "type", { type: "object" });
  expect(pathOf(error)).toEqual(["a/b", "c~d"]);
  expect(issuesIn('{"a/b": {"c~d": 1}}', error)).toMatchObject([{ line: 1, column: 17 }]);
});

describe("what the gateway puts in before it checks is no issue:", () => {
  test("a variable may be any text, but no object", () => {
    const text = '{ logging: { level: "${LOG_LEVEL}" }, gateway: "${GATEWAY}" }';
    const level = errorAt("/logging/level", "enum", { allowedValues: ["info"] });
    const gateway = errorAt("/gateway", "type", { type: "object" });
    expect(issuesIn(text, level, gateway).map(({ path }) => path)).toEqual(["gateway"]);
  });

  test("an included file may bring what is missing, and stands beside other keys", () => {
    const text = '{ agents: { $include: "./agents.json5", list: {}, bogus: 1 } }';
    const unknown = (additionalProperty: string) =>
      errorAt("/agents", "additionalProperties", { additionalProperty });
    const errors = [
      unknown("$include"),
      errorAt("/agents", "required", { missingProperty: "defaults" }),
      errorAt("/agents/list", "required", { missingProperty: "main" }),
      unknown("bogus"),
    ];
    expect(issuesIn(text, ...errors).map(({ message }) => message)).toEqual([
      "Unrecognized key: bogus",
    ]);
  });
});
