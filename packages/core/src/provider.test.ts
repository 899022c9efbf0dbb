import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { onboardCommand, Provider } from "./provider.ts";
import { KNOWN_OFFERS } from "./provider-offer.ts";

const CUSTOM = {
  choice: "custom-api-key",
  baseUrl: "https://llm.example/v1",
  modelId: "m-1",
} as const;
const fieldsOf = (input: unknown) =>
  Provider.safeParse(input).error?.issues.map(({ path }) => path.join("."));

describe("Provider", () => {
  test.each([
    [{ choice: "deepseek-api-key", apiKey: "sk-1" }],
    [{ choice: "deepseek-api-key", apiKey: "sk-1", modelId: "deepseek-chat" }],
    [{ choice: "ollama" }],
    [{ choice: "ollama", baseUrl: "http://192.168.1.9:11434", modelId: "qwen3" }],
    [CUSTOM],
    [{ ...CUSTOM, apiKey: "sk-1" }],
  ])("accepts %o", (input) => {
    expect(Provider.parse(input)).toEqual(input);
  });

  test("trims what was pasted", () => {
    expect(Provider.parse({ choice: "apiKey", apiKey: " sk-1\n" })).toEqual({
      choice: "apiKey",
      apiKey: "sk-1",
    });
  });

  test.each([
    ["choice", { choice: "", apiKey: "x" }],
    ["choice", { choice: "--json", apiKey: "x" }],
    ["choice", { choice: "a b", apiKey: "x" }],
    ["apiKey", { choice: "toString" }],
    ["apiKey", { choice: "deepseek-api-key" }],
    ["apiKey", { choice: "deepseek-api-key", apiKey: "  " }],
    ["apiKey", { choice: "deepseek-api-key", apiKey: "a\nb" }],
    ["apiKey", { choice: "deepseek-api-key", apiKey: "x".repeat(513) }],
    ["baseUrl", { ...CUSTOM, baseUrl: undefined }],
    ["baseUrl", { ...CUSTOM, baseUrl: "llm.example" }],
    ["baseUrl", { ...CUSTOM, baseUrl: "file:///etc/passwd" }],
    ["baseUrl", { ...CUSTOM, baseUrl: "javascript:alert(1)" }],
    ["modelId", { ...CUSTOM, modelId: undefined }],
    ["modelId", { ...CUSTOM, modelId: "a\u001bb" }],
  ])("names %s when it is wrong or missing", (field, input) => {
    expect(fieldsOf(input)).toEqual([field]);
  });

  test("names everything that is missing at once", () => {
    expect(fieldsOf({ choice: "custom-api-key" })).toEqual(["baseUrl", "modelId"]);
  });
});

describe("onboardCommand", () => {
  test("is the command that was run on the real gateway (facts, 4)", () => {
    expect(onboardCommand({ ...CUSTOM, apiKey: "sk-1" }, "CUSTOM_API_KEY")).toEqual({
      argv: (
        "openclaw onboard --non-interactive --accept-risk --skip-health --mode local " +
        "--auth-choice custom-api-key --secret-input-mode plaintext --skip-channels --skip-skills " +
        "--no-install-daemon --json --custom-provider-id custom --custom-compatibility openai " +
        "--custom-base-url https://llm.example/v1 --custom-model-id m-1"
      ).split(" "),
      env: { CUSTOM_API_KEY: "sk-1" },
    });
  });

  test.each(KNOWN_OFFERS)("hands the key of $choice over in its variable only", (offer) => {
    const { choice, keyVariable } = offer;
    const { argv, env } = onboardCommand({ ...CUSTOM, choice, apiKey: "sk-secret" }, keyVariable);
    expect(env).toEqual({ [keyVariable]: "sk-secret" });
    expect(argv.join(" ")).not.toContain("sk-secret");
    expect(argv[argv.indexOf("--auth-choice") + 1]).toBe(choice);
  });

  test("leaves the model of a provider with a key to another command", () => {
    const { argv } = onboardCommand({ choice: "apiKey", apiKey: "k", modelId: "m" }, "KEY");
    expect(argv).not.toContain("m");
  });

  test("without key sets no variable", () => {
    expect(onboardCommand({ choice: "ollama" }, "OLLAMA_API_KEY").env).toEqual({});
  });

  test("keeps every value one argument, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (modelId) => {
        const { argv } = onboardCommand({ ...CUSTOM, modelId }, "KEY");
        expect(argv.at(-1)).toBe(modelId);
        expect(argv).toHaveLength(onboardCommand(CUSTOM, "KEY").argv.length);
      }),
    );
  });
});
