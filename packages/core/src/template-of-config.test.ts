import { describe, expect, test } from "vitest";
import { parseJson5Object } from "./json5-edit.ts";
import { templateOf } from "./template-of-config.ts";
import { checkTemplate } from "./template-variables.ts";

const CONFIG = `{
  // of the office
  gateway: {
    mode: "local",
    auth: { mode: "trusted-proxy", trustedProxy: { userHeader: "x-claw-user-0123456789" } },
    trustedProxies: ["10.213.0.1"],
    controlUi: { allowedOrigins: ["http://claw-anna-1.internal:8000"], dangerous: false },
  },
  // old key: sk-live-abcdefgh
  // password: hunter2
  env: { OPENAI_API_KEY: "sk-live-abcdefgh", shellEnv: { enabled: true } },
  models: { providers: { office: {
    baseUrl: "https://llm.example/v1", // token limit
    apiKey: "sk-office-123456",
    headers: { "X-Team": "s3cr3t-team" },
    models: [{ id: "m", maxTokens: 8192, contextTokens: 5 }],
  } } },
  channels: {
    telegram: { enabled: true, botToken: "1234:abcdef" },
    feishu: { accounts: { a: { appId: "cli_1", appSecret: { source: "env", provider: "default", id: "S" } } } },
    slack: { url: "https://hooks.example/x?token=abcdefg" },
  },
  tools: { media: { audio: { args: ["{{MediaPath}}", "sk-office-123456"] } } },
}
`;

describe("a template made of an instance", () => {
  const { text, removed } = templateOf(CONFIG);

  test("has no secret of it, not even in a comment or in another value", () => {
    for (const secret of [
      "sk-live-abcdefgh",
      "sk-office-123456",
      "s3cr3t-team",
      "1234:abcdef",
      "hunter2",
      "x-claw-user-0123456789",
      "token=abcdefg",
      '"S"',
    ])
      expect(text).not.toContain(secret);
  });

  test("says what it lacks", () => {
    expect(removed).toEqual([
      "channels.feishu.accounts.a.appSecret",
      "channels.slack.url",
      "channels.telegram.botToken",
      "env.OPENAI_API_KEY",
      "gateway.auth",
      "gateway.controlUi.allowedOrigins",
      "gateway.trustedProxies",
      "models.providers.office.apiKey",
      "models.providers.office.headers.X-Team",
      "tools.media.audio.args.*",
    ]);
  });

  test("keeps the rest, with its comments", () => {
    expect(text).toContain("// of the office");
    expect(text).toContain("// token limit");
    expect(parseJson5Object(text)).toEqual({
      gateway: { mode: "local", controlUi: { dangerous: false } },
      env: { shellEnv: { enabled: true } },
      models: {
        providers: {
          office: {
            baseUrl: "https://llm.example/v1",
            headers: {},
            models: [{ id: "m", maxTokens: 8192, contextTokens: 5 }],
          },
        },
      },
      channels: {
        telegram: { enabled: true },
        feishu: { accounts: { a: { appId: "cli_1" } } },
        slack: {},
      },
      tools: { media: { audio: { args: ["{{MediaPath}}"] } } },
    });
  });

  test("can be saved as it is: what OpenClaw replaces itself is no variable of the panel", () => {
    checkTemplate(text);
  });
});

test("words of the access that are no secrets are not looked for elsewhere", () => {
  const config = `{gateway: {auth: {mode: "trusted-proxy"}}, note: "trusted-proxy"}`;
  expect(parseJson5Object(templateOf(config).text)).toEqual({ gateway: {}, note: "trusted-proxy" });
});

test("a broken configuration is no template", () => {
  expect(() => templateOf("{a")).toThrow(expect.objectContaining({ reason: "CONFIG_INVALID" }));
});

/** Of the 204 that OpenClaw 2026.9.6 calls sensitive, one of each kind. */
test.each([
  "agents.defaults.sandbox.ssh.identityData",
  "agents.entries.main.sandbox.ssh.knownHostsData",
  "agents.entries.main.sandbox.ssh.certificateData",
  "channels.synology-chat.accounts.a.incomingUrl",
  "channels.synology-chat.webhookUrl",
  "channels.slack.signingSecret",
  "channels.matrix.password",
  "channels.googlechat.serviceAccount",
  "gateway.remote.edgeAuth.id",
  "gateway.remote.token",
  "hooks.token",
  "models.providers.a.apiKey",
  "models.providers.a.request.auth.value",
  "models.providers.a.request.proxy.tls.key",
  "models.providers.a.request.tls.ca",
  "plugins.entries.onepassword.config.vault",
  "proxy.proxyUrl",
  "tools.media.audio.request.tls.cert",
])("a template has no %s", (path) => {
  const keys = path.split(".");
  const config = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), "s3cr3t-value");
  expect(templateOf(JSON.stringify(config)).text).not.toContain("s3cr3t-value");
});

test("a template has no session key of a mapping", () => {
  const config = '{hooks: {mappings: [{sessionKey: "s3cr3t-value", id: "a"}]}}';
  expect(parseJson5Object(templateOf(config).text)).toEqual({ hooks: { mappings: [{ id: "a" }] } });
});

test("a template has no secret among the arguments of a program", () => {
  const { text, removed } = templateOf(`{mcp: {servers: {x: {
    // started with sk-live-abcdefgh
    args: ["-y", "--api-key", "sk-live-abcdefgh", "--token=t0k-123456", "--port", "80"],
    note: "t0k-123456",
  }}}}`);
  expect(text).not.toMatch(/sk-live|t0k-/);
  expect(parseJson5Object(text)).toEqual({
    mcp: { servers: { x: { args: ["-y", "--api-key", "--port", "80"] } } },
  });
  expect(removed).toEqual(["mcp.servers.x.args.*", "mcp.servers.x.note"]);
});

test("a template keeps numbers that count tokens, and no list of tokens", () => {
  const config = `{a: {softThresholdTokens: 5, maxToken: 8, tokens: ["s3cr3t-value"]}}`;
  expect(parseJson5Object(templateOf(config).text)).toEqual({
    a: { softThresholdTokens: 5, maxToken: 8 },
  });
});

test("a template has no comment with a token", () => {
  expect(templateOf('{a: 1, // token: "abc"\n b: 2 // token limit\n}').text).toBe(
    "{a: 1, \n b: 2 // token limit\n}",
  );
});
