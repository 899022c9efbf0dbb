import { z } from "zod";
import { isOwnServer } from "./provider-needs.ts";
import { CUSTOM_OFFER, type ProviderOffer } from "./provider-offer.ts";

const texts = z.array(z.string()).default([]);

/** A choice of OpenClaw's onboarding (OpenClaw 2026.9.6, docs/plugins/manifest/setup-and-auth.md). */
const Choice = z.object({
  provider: z.string(),
  choiceId: z.string(),
  choiceLabel: z.string().optional(),
  /** The provider's name, which labels of its regions and plans may leave out. */
  groupLabel: z.string().optional(),
  /** Its option takes the key, so that nothing is asked. */
  cliFlag: z.string().optional(),
  /** Of Node; all when absent. */
  platforms: z.array(z.string()).optional(),
  assistantVisibility: z.string().optional(),
  onboardingScopes: z.array(z.string()).default(["text-inference"]),
});
type Choice = z.output<typeof Choice>;

/** What the manifest of a plugin says of providers, as `provider-listing.ts` prints it. */
const Plugin = z.object({
  id: z.string(),
  choices: z.array(Choice),
  /** The variables of each provider. */
  providers: z.array(z.object({ id: z.string(), envVars: texts })).default([]),
  endpoints: z.array(z.object({ hosts: texts, baseUrls: texts })).default([]),
  catalog: z
    .record(z.string(), z.object({ baseUrl: z.string().optional(), models: texts }))
    .default({}),
});
type Plugin = z.output<typeof Plugin>;

const Listing = z.object({
  hasNpm: z.boolean(),
  /** The ids of all plugins of the image itself. */
  plugins: texts,
  /** Those of them that set up providers. */
  bundled: z.array(z.unknown()),
  /** That OpenClaw installs when one is chosen. */
  official: z.array(z.unknown()),
});

/** Onboarding refuses these providers while the plugin that runs their models is not there. */
const RUNTIME_OF: ReadonlyMap<string, string> = new Map([["openai", "codex"]]);

/** Takes more than a key: OpenClaw also wants the ids of an account and of a gateway. */
const ASKS_FOR_MORE: ReadonlySet<string> = new Set(["cloudflare-ai-gateway-api-key"]);
/** Picked only by who knows that it is there, or after OpenClaw has found it. */
const HIDDEN: ReadonlySet<string> = new Set(["manual-only", "detected-only"]);

/**
 * The providers that OpenClaw in an image sets up without questions, from what the image lists of
 * its plugins; null when this is no such list.
 */
export function offersIn(listing: unknown): ProviderOffer[] | null {
  const listed = Listing.safeParse(listing);
  if (!listed.success) return null;
  const { hasNpm, plugins, bundled, official } = listed.data;
  const builtIn = pluginsAmong(bundled);
  if (builtIn.length === 0) return null;
  const own = new Set(builtIn.map(({ id }) => id));
  const others = pluginsAmong(official).filter(({ id }) => !own.has(id));
  const fetched = hasNpm ? "download" : "missing";
  const lacksRuntime = (provider: string) => {
    const runtime = RUNTIME_OF.get(provider);
    return runtime !== undefined && !plugins.includes(runtime);
  };
  const all = [
    CUSTOM_OFFER,
    ...builtIn.flatMap(offersOf).map((offer): ProviderOffer => {
      return lacksRuntime(offer.provider) ? { ...offer, plugin: fetched } : offer;
    }),
    ...others.flatMap(offersOf).map((offer): ProviderOffer => ({ ...offer, plugin: fetched })),
  ];
  const choices = all.map(({ choice }) => choice);
  return all.filter(({ choice }, at) => choices.indexOf(choice) === at);
}

/** One that says something else is left out, as OpenClaw does. */
function pluginsAmong(listed: readonly unknown[]): Plugin[] {
  return listed.flatMap((each) => {
    const plugin = Plugin.safeParse(each);
    return plugin.success ? [plugin.data] : [];
  });
}

/** As those of a plugin that is there. */
function offersOf(plugin: Plugin): ProviderOffer[] {
  return plugin.choices.filter(isOffered).map((choice) => {
    const { provider, choiceId, cliFlag } = choice;
    const { models = [] } = plugin.catalog[provider] ?? {};
    const envVars = plugin.providers.find(({ id }) => id === provider)?.envVars ?? [];
    return {
      ...{ choice: choiceId, label: labelOf(choice), provider, plugin: "built-in", models },
      keyVariable: keyVariableOf(envVars, cliFlag ?? `--${provider}-api-key`),
      addresses: isOwnServer(choiceId) ? [] : addressesOf(plugin, provider),
    };
  });
}

function labelOf({ choiceId, choiceLabel = choiceId, groupLabel = "" }: Choice): string {
  const [name = ""] = groupLabel.split(" ");
  const isNamed = choiceLabel.toLowerCase().includes(name.toLowerCase());
  return isNamed ? choiceLabel : `${groupLabel}: ${choiceLabel}`;
}

function isOffered(choice: Choice): boolean {
  const { choiceId, cliFlag, platforms, assistantVisibility = "", onboardingScopes } = choice;
  return (
    (cliFlag !== undefined || isOwnServer(choiceId)) &&
    !ASKS_FOR_MORE.has(choiceId) &&
    !HIDDEN.has(assistantVisibility) &&
    (platforms === undefined || platforms.includes("linux")) &&
    onboardingScopes.includes("text-inference")
  );
}

/** A provider may take tokens of other kinds by other variables. */
function keyVariableOf(envVars: readonly string[], flag: string): string {
  const usual = flag.replace(/^-+/, "").replaceAll("-", "_").toUpperCase();
  if (envVars.includes(usual)) return usual;
  return envVars.find((name) => name.endsWith("_API_KEY")) ?? envVars[0] ?? usual;
}

/** Of several regions or plans, the image does not say which a choice means. */
function addressesOf({ catalog, endpoints }: Plugin, provider: string): string[] {
  const { baseUrl } = catalog[provider] ?? {};
  if (baseUrl !== undefined) return [baseUrl];
  const all = endpoints.flatMap(({ hosts, baseUrls }) => [
    ...baseUrls,
    ...hosts.map((host) => `https://${host}`),
  ]);
  return [...new Set(all)].filter((address) => z.url().safeParse(address).success);
}
