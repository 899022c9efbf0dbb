import { z } from "zod";
import { REASONS } from "./errors.ts";
import { CUSTOM } from "./provider-needs.ts";

/** A way to set up a model provider that an image offers. */
export const ProviderOffer = z.object({
  /** Of `openclaw onboard --auth-choice`. */
  choice: z.string(),
  /** In the image's words, for providers of which the page has no name. */
  label: z.string(),
  /** The provider's id in OpenClaw, the first part of `provider/model`. */
  provider: z.string(),
  /** The environment variable by which OpenClaw takes the key. */
  keyVariable: z.string(),
  /** `download`: OpenClaw fetches it with npm first; `missing`: it would, and the image has no npm. */
  plugin: z.enum(["built-in", "download", "missing"]),
  /** Where it is reached unless the user gives an address; empty when the image does not say. */
  addresses: z.array(z.string()),
  /** Ids of models that the image knows. */
  models: z.array(z.string()),
});
export type ProviderOffer = z.output<typeof ProviderOffer>;

export const ProviderOffers = z.object({
  /** False: the image does not say what it offers, so these are those of OpenClaw 2026.9.6. */
  isFromImage: z.boolean(),
  /** Why the image does not say it; null: it does. */
  hindrance: z.object({ reason: z.enum(REASONS), message: z.string() }).nullable(),
  offers: z.array(ProviderOffer),
});
export type ProviderOffers = z.output<typeof ProviderOffers>;

function knownOffer(choice: string, provider: string, keyVariable: string): ProviderOffer {
  const unsaid = { plugin: "built-in" as const, addresses: [], models: [] };
  return { choice, label: choice, provider, keyVariable, ...unsaid };
}

/** Part of OpenClaw itself, so that no plugin lists it. */
export const CUSTOM_OFFER = knownOffer(CUSTOM, "custom", "CUSTOM_API_KEY");

/** Those of OpenClaw 2026.9.6 that most colleagues use, for images that do not say theirs. */
export const KNOWN_OFFERS: readonly ProviderOffer[] = [
  CUSTOM_OFFER,
  knownOffer("deepseek-api-key", "deepseek", "DEEPSEEK_API_KEY"),
  knownOffer("moonshot-api-key", "moonshot", "MOONSHOT_API_KEY"),
  knownOffer("moonshot-api-key-cn", "moonshot", "MOONSHOT_API_KEY"),
  knownOffer("qwen-standard-api-key", "qwen", "QWEN_API_KEY"),
  knownOffer("qwen-standard-api-key-cn", "qwen", "QWEN_API_KEY"),
  knownOffer("qwen-api-key", "qwen", "QWEN_API_KEY"),
  knownOffer("qwen-api-key-cn", "qwen", "QWEN_API_KEY"),
  knownOffer("zai-api-key", "zai", "ZAI_API_KEY"),
  knownOffer("zai-cn", "zai", "ZAI_API_KEY"),
  knownOffer("zai-coding-cn", "zai", "ZAI_API_KEY"),
  knownOffer("minimax-cn-api", "minimax", "MINIMAX_API_KEY"),
  knownOffer("minimax-global-api", "minimax", "MINIMAX_API_KEY"),
  knownOffer("volcengine-api-key", "volcengine", "VOLCANO_ENGINE_API_KEY"),
  knownOffer("qianfan-api-key", "qianfan", "QIANFAN_API_KEY"),
  knownOffer("gemini-api-key", "google", "GEMINI_API_KEY"),
  knownOffer("mistral-api-key", "mistral", "MISTRAL_API_KEY"),
  knownOffer("openai-api-key", "openai", "OPENAI_API_KEY"),
  knownOffer("apiKey", "anthropic", "ANTHROPIC_API_KEY"),
  knownOffer("ollama", "ollama", "OLLAMA_API_KEY"),
];
