/** The fields that a user fills in to set up a provider. */
export type ProviderField = "apiKey" | "baseUrl" | "modelId";
/** Fields that are not listed have no meaning for the provider. */
type ProviderNeeds = Partial<Record<ProviderField, "must" | "may">>;

/** OpenClaw's own name for any server that speaks a known protocol. */
export const CUSTOM = "custom-api-key";

/** Providers that are reached at an address of the user's: servers of their own. */
const OWN_SERVERS: Readonly<Record<string, ProviderNeeds>> = {
  [CUSTOM]: { baseUrl: "must", modelId: "must", apiKey: "may" },
  ollama: { baseUrl: "may", modelId: "may" },
  lmstudio: { baseUrl: "may", modelId: "may", apiKey: "may" },
  vllm: { baseUrl: "must", modelId: "must", apiKey: "may" },
  sglang: { baseUrl: "must", modelId: "must", apiKey: "may" },
};
const BY_KEY: ProviderNeeds = { apiKey: "must", modelId: "may" };

export function isOwnServer(choice: string): boolean {
  return Object.hasOwn(OWN_SERVERS, choice);
}

export function needsOf(choice: string): ProviderNeeds {
  return isOwnServer(choice) ? (OWN_SERVERS[choice] ?? BY_KEY) : BY_KEY;
}
