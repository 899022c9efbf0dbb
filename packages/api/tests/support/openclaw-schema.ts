/** A plugin's part, whose reference starts at the root although its definitions lie here. */
const imap = {
  type: "object",
  properties: {
    config: {
      type: "object",
      properties: { accounts: { type: "array", items: { $ref: "#/$defs/account" } } },
      additionalProperties: false,
      $defs: {
        account: {
          type: "object",
          properties: { user: { type: "string" } },
          required: ["user"],
          additionalProperties: false,
        },
      },
    },
  },
};

const model = {
  anyOf: [
    { type: "string" },
    {
      type: "object",
      properties: { primary: { type: "string" }, fallbacks: { type: "array" } },
      additionalProperties: false,
    },
  ],
};

const gateway = {
  type: "object",
  properties: {
    mode: { type: "string", enum: ["local", "remote"] },
    bind: { type: "string", enum: ["auto", "lan", "loopback", "custom", "tailnet"] },
    port: { type: "integer", exclusiveMinimum: 0, maximum: 65_535 },
    auth: {
      type: "object",
      properties: { mode: { type: "string" }, token: { type: "string" } },
      additionalProperties: false,
    },
    controlUi: { type: "object" },
    trustedProxies: { type: "array", items: { type: "string" } },
    reload: { type: "object" },
  },
  additionalProperties: false,
};

/** A small schema in the form of OpenClaw's, which has 1 MB: strict, and open for plugins. */
export const OPENCLAW_SCHEMA = {
  $schema: "http://json-schema.org/draft-07/schema#",
  type: "object",
  properties: {
    gateway,
    agents: { type: "object", properties: { model, defaults: { type: "object" } } },
    channels: { type: "object", properties: {}, additionalProperties: true },
    tools: {
      type: "object",
      properties: { profile: { type: "string" } },
      additionalProperties: false,
    },
    plugins: {
      type: "object",
      properties: {
        entries: {
          type: "object",
          properties: { imap },
          additionalProperties: { type: "object", properties: { config: { type: "object" } } },
        },
      },
    },
    logging: { type: "object", properties: { level: { type: "string" } } },
    update: { type: "object" },
  },
  additionalProperties: false,
};
