import { expect, test } from "vitest";
import { defaultProvider } from "./default-provider.ts";

test.each([
  ["custom-2/m1", "custom-2"],
  [{ primary: "openrouter/deepseek/v4", fallbacks: ["custom/m1"] }, "openrouter"],
  ["m1", null],
  ["/m1", null],
  [{ fallbacks: [] }, null],
  [undefined, null],
])("of the default model %j it is %j", (model, provider) => {
  expect(defaultProvider({ agents: { defaults: { model } } })).toBe(provider);
});
