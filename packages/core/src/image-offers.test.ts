import { describe, expect, test } from "vitest";
import { offersIn } from "./image-offers.ts";

/** As of OpenClaw 2026.9.6, shortened. */
const ANTHROPIC = {
  id: "anthropic",
  choices: [
    { provider: "anthropic", method: "cli", choiceId: "anthropic-cli" },
    { provider: "anthropic", method: "setup-token", choiceId: "setup-token" },
    {
      provider: "anthropic",
      method: "api-key",
      choiceId: "apiKey",
      choiceLabel: "Anthropic API key",
      cliFlag: "--anthropic-api-key",
    },
  ],
  providers: [{ id: "anthropic", envVars: ["ANTHROPIC_OAUTH_TOKEN", "ANTHROPIC_API_KEY"] }],
  endpoints: [{ hosts: ["api.anthropic.com"], baseUrls: [] }],
  catalog: { anthropic: { models: ["claude-opus-5", "claude-sonnet-5"] } },
};
const DEEPSEEK = {
  id: "deepseek",
  choices: [
    {
      provider: "deepseek",
      choiceId: "deepseek-api-key",
      choiceLabel: "DeepSeek API key",
      cliFlag: "--deepseek-api-key",
    },
  ],
  providers: [{ id: "deepseek", envVars: ["DEEPSEEK_API_KEY"] }],
  endpoints: [{ hosts: ["api.deepseek.com"] }],
};

function aChoice(patch: object, plugin: object = {}) {
  const choice = { provider: "p", choiceId: "p-api-key", cliFlag: "--p-api-key", ...patch };
  const listed = {
    hasNpm: true,
    bundled: [{ id: "p", choices: [choice], ...plugin }],
    official: [],
  };
  return offersIn(listed)?.find(({ provider }) => provider === "p");
}

test("an image offers what it holds, what it can install, and any server of another kind", () => {
  const offers = offersIn({ hasNpm: true, bundled: [ANTHROPIC], official: [DEEPSEEK] });
  expect(offers?.map(({ choice, plugin }) => [choice, plugin])).toEqual([
    ["custom-api-key", "built-in"],
    ["apiKey", "built-in"],
    ["deepseek-api-key", "download"],
  ]);
  expect(offers?.[1]).toEqual({
    choice: "apiKey",
    label: "Anthropic API key",
    provider: "anthropic",
    keyVariable: "ANTHROPIC_API_KEY",
    plugin: "built-in",
    addresses: ["https://api.anthropic.com"],
    models: ["claude-opus-5", "claude-sonnet-5"],
  });
});

test("without npm the image cannot install what it does not hold", () => {
  const offers = offersIn({ hasNpm: false, bundled: [ANTHROPIC], official: [DEEPSEEK] });
  expect(offers?.at(-1)).toMatchObject({ choice: "deepseek-api-key", plugin: "missing" });
});

test("a provider whose models run in a plugin that the image lacks needs that one", () => {
  const choice = { provider: "openai", choiceId: "openai-api-key", cliFlag: "--openai-api-key" };
  const bundled = [{ id: "openai", choices: [choice] }];
  const listed = { hasNpm: true, bundled, official: [] };
  expect(offersIn({ ...listed, plugins: ["openai"] })?.at(-1)?.plugin).toBe("download");
  expect(offersIn({ ...listed, plugins: ["openai", "codex"] })?.at(-1)?.plugin).toBe("built-in");
});

test("a plugin that the image holds is not installed, and no choice is there twice", () => {
  const twice = { ...DEEPSEEK, id: "deepseek-2" };
  const offers = offersIn({ hasNpm: false, bundled: [DEEPSEEK, twice], official: [DEEPSEEK] });
  expect(offers?.map(({ choice, plugin }) => [choice, plugin])).toEqual([
    ["custom-api-key", "built-in"],
    ["deepseek-api-key", "built-in"],
  ]);
});

describe("a choice is offered when it needs no more than the panel asks for", () => {
  test.each([
    ["a key", {}, true],
    ["a log-in in a browser", { cliFlag: undefined }, false],
    ["another system", { platforms: ["darwin"] }, false],
    ["this system", { platforms: ["linux", "darwin"] }, true],
    ["what only discovery finds", { assistantVisibility: "detected-only" }, false],
    ["pictures only", { onboardingScopes: ["image-generation"] }, false],
    ["text among others", { onboardingScopes: ["text-inference", "music-generation"] }, true],
    ["ids of an account", { choiceId: "cloudflare-ai-gateway-api-key" }, false],
    ["a server of one's own", { choiceId: "vllm", cliFlag: undefined }, true],
  ])("%s", (_, patch, isOffered) => {
    expect(aChoice(patch) !== undefined).toBe(isOffered);
  });
});

test.each([
  ["Qwen Cloud", "Coding plan for China", "Qwen Cloud: Coding plan for China"],
  ["Moonshot AI (Kimi K2.6)", "Moonshot API key (.cn)", "Moonshot API key (.cn)"],
  [undefined, "Groq API key", "Groq API key"],
  ["P", undefined, "p-api-key"],
])("the name of the provider %s is in the label of its choice %s", (groupLabel, choiceLabel, label) => {
  expect(aChoice({ groupLabel, choiceLabel })?.label).toBe(label);
});

test.each([
  [["P_CODING_KEY", "P_API_KEY"], "P_API_KEY"],
  [["OTHER_TOKEN", "OTHER_API_KEY"], "OTHER_API_KEY"],
  [["P_TOKEN"], "P_TOKEN"],
  [[], "P_API_KEY"],
])("of the variables %j the key is in %s", (envVars, variable) => {
  expect(aChoice({}, { providers: [{ id: "p", envVars }] })?.keyVariable).toBe(variable);
});

test("its address is that of its models, or any of its plugin's, but not of a server of one's own", () => {
  const endpoints = [{ hosts: ["cn.example", "bad host"], baseUrls: ["https://eu.example/v1"] }];
  expect(aChoice({}, { endpoints })?.addresses).toEqual([
    ...["https://eu.example/v1", "https://cn.example"],
  ]);
  const catalog = { p: { baseUrl: "https://p.example/v1", models: [] } };
  expect(aChoice({}, { endpoints, catalog })?.addresses).toEqual(["https://p.example/v1"]);
  expect(aChoice({ choiceId: "ollama" }, { endpoints })?.addresses).toEqual([]);
});

test("a plugin that says something else is left out, and another answer is no list", () => {
  const bundled = [{ id: 5 }, "text", ANTHROPIC];
  const offers = offersIn({ hasNpm: true, bundled, official: [null] });
  expect(offers?.map(({ choice }) => choice)).toEqual(["custom-api-key", "apiKey"]);
  for (const other of [null, "", {}, [], { hasNpm: true, bundled: [], official: [DEEPSEEK] }])
    expect(offersIn(other)).toBeNull();
});
