import { expect, test } from "vitest";
import { isSecretPath } from "./secret-paths.ts";

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
])("%s is secret", (path) => expect(at(path)).toBe(true));

test.each([
  "gateway.mode",
  "gateway.auth.mode",
  "gateway.controlUi.allowedOrigins.0",
  "agents.defaults.model.primary",
  "agents.defaults.contextTokens",
  "models.providers.x.models.0.maxTokens",
  "models.providers.x.baseUrl",
  "channels.telegram.tokenFile",
  "channels.telegram.webhookSecret.source",
  "gateway.tls.enabled",
  "logging.file",
  "session",
])("%s is not", (path) => expect(at(path)).toBe(false));

test("the whole text has no path, and is not", () => expect(isSecretPath([])).toBe(false));
