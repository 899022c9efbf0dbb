import { expect, test } from "vitest";
import { describeForms } from "./describe-forms.ts";
import { FORM_IDS } from "./form-plan.ts";

const text = { type: "string" };
/** A secret as OpenClaw 2026.9.6 describes it. */
const secret = {
  anyOf: [text, { oneOf: [{ type: "object", properties: { source: { const: "env" } } }] }],
};
const objectOf = (properties: object) => ({ type: "object", properties });
/** In the form of OpenClaw 2026.9.6. */
const SCHEMA = objectOf({
  agents: objectOf({
    defaults: objectOf({
      model: { anyOf: [text, objectOf({ primary: { ...text, description: "Primary." } })] },
      userTimezone: text,
    }),
    entries: {
      type: "object",
      additionalProperties: objectOf({ identity: objectOf({ name: text }) }),
    },
  }),
  logging: objectOf({
    level: { anyOf: [{ const: "info" }, { const: "debug" }], description: "How much." },
  }),
  channels: objectOf({
    telegram: objectOf({ enabled: { type: "boolean" }, botToken: secret }),
    feishu: objectOf({
      ...{ enabled: { type: "boolean" }, appId: text, appSecret: secret },
      domain: { default: "feishu", anyOf: [{ type: "string", enum: ["feishu", "lark"] }, text] },
    }),
    slack: objectOf({ enabled: { type: "boolean" }, botToken: secret }),
  }),
  plugins: objectOf({ entries: objectOf({ telegram: objectOf({}) }) }),
});

const formOf = (id: string, schema = SCHEMA) =>
  describeForms(schema).find((form) => form.id === id);
const told = (id: string, schema = SCHEMA) =>
  formOf(id, schema)?.fields.map(({ path, kind, isRequired }) =>
    [path.join("."), kind, ...(isRequired ? ["required"] : [])].join(" "),
  );

test("each has the fields that the schema knows, secrets as secrets", () => {
  expect(told("telegram")).toEqual([
    "channels.telegram.enabled switch",
    "channels.telegram.botToken secret required",
  ]);
  expect(told("feishu")).toEqual([
    "channels.feishu.enabled switch",
    "channels.feishu.appId text required",
    "channels.feishu.appSecret secret required",
    "channels.feishu.domain choice",
  ]);
  expect(told("agents")).toEqual(["agents.entries.*.identity.name text"]);
  expect(formOf("feishu")?.fields[3]).toMatchObject({
    ...{ choices: ["feishu", "lark"], default: "feishu", help: null },
  });
  expect(formOf("logging")?.fields).toEqual([
    {
      ...{ path: ["logging", "level"], kind: "choice", choices: ["info", "debug"] },
      ...{ isRequired: false, within: null, help: "How much.", default: null },
    },
  ]);
  expect(formOf("model")?.fields[0]).toMatchObject({ kind: "text", within: "primary" });
});

test("a channel is not offered where a required field or the whole channel is unknown", () => {
  expect(formOf("slack")).toMatchObject({ lacks: "settings", fields: [] });
  expect(formOf("discord")).toMatchObject({ lacks: "settings", fields: [] });
  expect(formOf("qq")).toMatchObject({
    ...{ lacks: "settings", channel: "qqbot", plugin: "@tencent-connect/openclaw-qqbot" },
  });
  expect(formOf("telegram")?.lacks).toBeNull();
});

test("a channel of which the image has the settings, but not the plugin, says so", () => {
  expect(formOf("feishu")).toMatchObject({ lacks: "plugin", plugin: "@openclaw/feishu" });
  const { plugins: _, ...older } = SCHEMA.properties as Record<string, unknown>;
  expect(formOf("feishu", objectOf(older))?.lacks).toBeNull();
});

test("a schema that knows nothing offers nothing, but names all", () => {
  const forms = describeForms({});
  expect(forms.map(({ id }) => id)).toEqual([...FORM_IDS]);
  expect(forms.every(({ lacks, fields }) => lacks === "settings" && fields.length === 0)).toBe(
    true,
  );
});
