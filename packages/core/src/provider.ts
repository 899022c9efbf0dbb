import { z } from "zod";
import { keysOf } from "./keys-of.ts";

/**
 * Model providers that OpenClaw's onboarding sets up without questions, with the variable that
 * holds the key (OpenClaw 2026.9.6, docs/providers and docs/start).
 */
export const PROVIDER_KEY_VARIABLE = {
  "custom-api-key": "CUSTOM_API_KEY",
  "deepseek-api-key": "DEEPSEEK_API_KEY",
  "moonshot-api-key": "MOONSHOT_API_KEY",
  "moonshot-api-key-cn": "MOONSHOT_API_KEY",
  "qwen-api-key": "QWEN_API_KEY",
  "qwen-api-key-cn": "QWEN_API_KEY",
  "zai-api-key": "ZAI_API_KEY",
  "zai-coding-cn": "ZAI_API_KEY",
  "minimax-cn-api": "MINIMAX_API_KEY",
  "minimax-global-api": "MINIMAX_API_KEY",
  "volcengine-api-key": "VOLCANO_ENGINE_API_KEY",
  "qianfan-api-key": "QIANFAN_API_KEY",
  "gemini-api-key": "GEMINI_API_KEY",
  "mistral-api-key": "MISTRAL_API_KEY",
  "openai-api-key": "OPENAI_API_KEY",
  apiKey: "ANTHROPIC_API_KEY",
  ollama: "OLLAMA_API_KEY",
} as const;

export const ProviderChoice = z.enum(
  keysOf(PROVIDER_KEY_VARIABLE),
  "This provider cannot be set up here. Choose one of the list, or custom-api-key.",
);
export type ProviderChoice = z.infer<typeof ProviderChoice>;

const NO_CONTROLS = /^[^\p{Cc}]*$/u;
const short = z
  .string()
  .trim()
  .min(1)
  .max(512)
  .regex(NO_CONTROLS, "must not contain control characters");

/** A provider and its credentials, as entered. */
export const Provider = z
  .object({
    choice: ProviderChoice,
    apiKey: short.optional(),
    baseUrl: z.url({ protocol: /^https?$/, error: "must be an http or https address" }).optional(),
    modelId: short.optional(),
  })
  .superRefine((provider, context) => {
    const demand = (field: "apiKey" | "baseUrl" | "modelId") => {
      if (provider[field] === undefined)
        context.addIssue({
          code: "custom",
          path: [field],
          message: `${provider.choice} needs ${field}.`,
        });
    };
    if (provider.choice === "custom-api-key") {
      demand("baseUrl");
      demand("modelId");
    } else if (provider.choice !== "ollama") demand("apiKey");
  });
export type Provider = z.infer<typeof Provider>;

/** Command and environment of a non-interactive `openclaw onboard`; no argument holds the key. */
export function onboardCommand(provider: Provider): {
  argv: string[];
  env: Record<string, string>;
} {
  const { choice, apiKey, baseUrl, modelId } = provider;
  const argv = [
    ...["openclaw", "onboard", "--non-interactive", "--accept-risk", "--skip-health"],
    ...["--mode", "local", "--auth-choice", choice, "--secret-input-mode", "plaintext"],
    ...["--skip-channels", "--skip-skills", "--no-install-daemon", "--json"],
  ];
  if (choice === "custom-api-key")
    argv.push("--custom-provider-id", "custom", "--custom-compatibility", "openai");
  if (baseUrl !== undefined) argv.push("--custom-base-url", baseUrl);
  if (modelId !== undefined) argv.push("--custom-model-id", modelId);
  return { argv, env: apiKey === undefined ? {} : { [PROVIDER_KEY_VARIABLE[choice]]: apiKey } };
}
