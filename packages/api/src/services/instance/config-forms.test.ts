import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, type TestAppOptions } from "../../../tests/support/test-app.ts";
import { configForms } from "./config-forms.ts";
import { createInstance } from "./create-instance.ts";

const SCHEMA = {
  type: "object",
  properties: {
    channels: {
      type: "object",
      properties: {
        telegram: { type: "object", properties: { botToken: { type: "string" } } },
      },
    },
  },
};

async function setUp(options: TestAppOptions) {
  const panel = await createTestPanel(options);
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  return panel;
}

test("an instance has the forms that the schema of its image allows", async () => {
  await using panel = await setUp({ timing: { configSchema: SCHEMA } });
  const { forms, hindrance } = await configForms(panel.context, "anna");
  expect(hindrance).toBeNull();
  const offered = forms.filter(({ lacks }) => lacks === null);
  expect(offered.map(({ id, fields }) => [id, ...fields.map(({ kind }) => kind)])).toEqual([
    ["telegram", "secret"],
  ]);
  await rejects(configForms(panel.context, "nobody"), "INSTANCE_NOT_FOUND");
});

test("an image that prints no schema has no forms, and the answer says why", async () => {
  await using panel = await setUp({});
  const { forms, hindrance } = await configForms(panel.context, "anna");
  expect(forms).toEqual([]);
  expect(hindrance?.reason).toBe("COMMAND_FAILED");
});
