import { expect, test } from "vitest";
import { hasModel } from "./model-state.ts";

test.each<[string, Record<string, unknown>, Record<string, string>]>([
  ["a provider of its own", { models: { providers: { custom: { baseUrl: "http://m" } } } }, {}],
  ["a signed-in profile", { auth: { profiles: { "openai:default": { mode: "api_key" } } } }, {}],
  ["a default model", { agents: { defaults: { model: "deepseek/deepseek-chat" } } }, {}],
  ["one with fallbacks", { agents: { defaults: { model: { primary: "a/b" } } } }, {}],
  ["a model of one agent", { agents: { entries: { main: { model: "a/b" } } } }, {}],
  ["a key in the configuration", { env: { OPENAI_API_KEY: "k" } }, {}],
  ["a key among its variables", { env: { vars: { OPENAI_API_KEY: "k" } } }, {}],
  ["a key from the template", {}, { DEEPSEEK_API_KEY: "k" }],
])("an instance has a model: %s", (_, config, environment) => {
  expect(hasModel(config, environment)).toBe(true);
});

test.each<[string, Record<string, unknown>, Record<string, string>]>([
  ["nothing of it", { gateway: { port: 18789 } }, { TZ: "Asia/Shanghai" }],
  ["empty parts", { models: { providers: {} }, auth: {}, agents: { defaults: { model: "" } } }, {}],
  ["what it cannot read", { models: 1, auth: { profiles: [] }, agents: { entries: [null] } }, {}],
  ["an empty key", { env: { OPENAI_API_KEY: "" } }, { DEEPSEEK_API_KEY: "" }],
])("it has none: %s", (_, config, environment) => {
  expect(hasModel(config, environment)).toBe(false);
});
