import { expect, test } from "vitest";
import { holdsCredentials, isSecretPath, secretOfArgument } from "./secret-paths.ts";

const at = (path: string) => isSecretPath(path.split("."));

test.each([
  "gateway.auth.token",
  "gateway.auth.password",
  "models.providers.deepseek.apiKey",
  "models.providers.x.headers.Authorization",
  "models.providers.x.request.auth.value",
  "models.providers.x.request.tls.key",
  "tools.media.models.0.request.headers.X-Key",
  "channels.telegram.botToken",
  "channels.telegram.accounts.main.webhookSecret",
  "channels.feishu.accounts.main.appSecret",
  "channels.feishu.accounts.main.encryptKey",
  "channels.googlechat.serviceAccount",
  "channels.twitch.refreshToken",
  "mcp.servers.search.env.SEARCH_KEY",
  "env.vars.OPENAI_API_KEY",
  "proxy.proxyUrl",
  "plugins.entries.onepassword.config.items.db.item",
  "token",
  "models.providers.x.apiKeys.0",
  "channels.x.tokens.*",
  "channels.x.request.authorization",
  "channels.x.cookie",
  "channels.x.passwd",
  "agents.defaults.sandbox.docker.env.0",
  "env.1",
])("%s is secret", (path) => expect(at(path)).toBe(true));

test.each([
  "gateway.mode",
  "gateway.auth.mode",
  "gateway.controlUi.allowedOrigins.0",
  "agents.defaults.model.primary",
  "agents.defaults.contextTokens",
  "gateway.passwordFile",
  "models.providers.x.models.0.maxTokens",
  "models.providers.x.baseUrl",
  "channels.telegram.tokenFile",
  "channels.telegram.webhookSecret.source",
  "gateway.tls.enabled",
  "logging.file",
  "session",
])("%s is not", (path) => expect(at(path)).toBe(false));

test("the whole text has no path, and is not", () => expect(isSecretPath([])).toBe(false));

test.each([
  ["sk-1", "--api-key", "sk-1"],
  ["-1", "-token", "-1"],
  ["--token=t", undefined, "t"],
  ["API_KEY=k", "-e", "k"],
  ["Authorization: Bearer b", "--header", "Bearer b"],
  ["--verbose", "--no-secrets", undefined],
  ["server.js", "--port", undefined],
  ["--max-tokens=5", undefined, undefined],
  ["sk-1", undefined, undefined],
])("of the argument %j behind %j, %j is secret", (text, before, secret) => {
  expect(secretOfArgument(text, before)).toBe(secret);
});

test.each([
  ["https://anna:w0rd@host.example/x", true],
  ["https://host.example/x?a=1&access_token=t", true],
  ["https://host.example/x?a=1", false],
  ["anna@example.com", false],
])("%j has credentials: %j", (text, has) => expect(holdsCredentials(text)).toBe(has));
