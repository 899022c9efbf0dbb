import { describe, expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { names, panelWithSchema, save } from "../../../tests/support/templates.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { STANDARD_NAME } from "./find-template.ts";

describe("the text of a template is checked before it is saved", () => {
  const REFUSED: [string, string, object][] = [
    ["no JSON5", "{\n a b }", { line: 2, column: 4 }],
    ["an unknown variable", "{\n channels: {}, // {{who}}\n}", { line: 2, column: 19 }],
    [
      "a key that OpenClaw does not know, at its place behind a variable",
      '{ tools: { profile: "{{name}}" }, frobnicate: "{{token}}" }',
      { line: 1, column: 35, source: "schema" },
    ],
    [
      "a value that OpenClaw does not take",
      '{ gateway: { mode: "{{name}}" } }',
      { line: 1, column: 20, path: "gateway.mode" },
    ],
  ];
  test.each(REFUSED)("%s", async (_, text, issue) => {
    await using panel = await panelWithSchema();
    const error = await rejects(save(panel, { text }), "CONFIG_INVALID");
    expect(error.issues).toEqual([expect.objectContaining(issue)]);
    expect(error.message).toMatch(/nothing was changed/i);
    expect(await names(panel)).toEqual([[STANDARD_NAME]]);
  });

  test("where the image says what it takes; where not, its syntax and its variables", async () => {
    await using panel = await createTestPanel();
    await save(panel, { text: "{ frobnicate: 1 }" });
    await rejects(save(panel, { name: "b", text: '{ a: "{{b}}" }' }), "CONFIG_INVALID");
  });
});
