import { defaultProvider } from "@claw/core/default-provider";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { checkConfig } from "@claw/core/openclaw-config";
import type { Provider } from "@claw/core/provider";
import type { ProviderOffer } from "@claw/core/provider-offer";
import { asSentence } from "@claw/core/sentence";
import { z } from "zod";
import type { AppContext } from "../../context.ts";

/** OpenClaw retries an unresponsive address for 80 seconds. */
const WITHIN_MS = 120_000;

const COMMAND = ["openclaw", "models", "status", "--probe", "--json", "--probe-timeout", "15000"];

/**
 * OpenClaw refuses to probe with the state folder of a running gateway, so give it a separate one.
 */
const STATE_FOLDER = { OPENCLAW_STATE_DIR: "/tmp/claw-ask-provider" };

/** The parts of a result in use (OpenClaw 2026.9.6). */
const Result = z.object({
  provider: z.string().optional(),
  status: z.string(),
  error: z.string().optional(),
  /** Why OpenClaw did not ask. */
  reasonCode: z.string().optional(),
});
type Result = z.infer<typeof Result>;

const Answer = z.object({
  auth: z.object({ probes: z.object({ results: z.array(Result) }) }),
});

/** Statuses of a provider that accepts the key. */
const TAKEN = new Set(["ok", "rate_limit"]);
/** Statuses of one that does not, or that does not answer. */
const REFUSED = new Set(["auth", "billing", "timeout", "format"]);
/** Those in which the key, or its account, is at fault. */
const KEY_REFUSED = new Set(["auth", "billing"]);

/**
 * True if the provider answered with this key; null if OpenClaw cannot tell. Otherwise throws
 * PROVIDER_REFUSED or PROVIDER_FAILED with the provider's message.
 */
export async function askProvider(
  ctx: AppContext,
  { id, provider, offer }: { id: InstanceId; provider: Provider; offer: ProviderOffer },
  jobSignal: AbortSignal,
): Promise<true | null> {
  const tooLate = AbortSignal.timeout(WITHIN_MS);
  const signal = AbortSignal.any([jobSignal, tooLate]);
  try {
    // Keys that OpenClaw stores next to its configuration are in the other folder.
    const { apiKey } = provider;
    const env = { ...(apiKey !== undefined && { [offer.keyVariable]: apiKey }), ...STATE_FOLDER };
    const chosen = await chosenProvider(ctx, id);
    const argv = chosen === null ? COMMAND : [...COMMAND, "--probe-provider", chosen];
    const { exitCode, stdout } = await ctx.engine.exec(id, argv, { env, signal });
    if (exitCode !== 0) return null;
    const results = resultsIn(stdout).filter(
      ({ provider }) => chosen === null || provider === undefined || provider === chosen,
    );
    const isTaken = results.some(({ status }) => TAKEN.has(status));
    const refused = results.find(wasRefused) ?? (isTaken ? null : results.find(hasFailed));
    if (refused) throw unanswered(provider, refused);
    return isTaken || null;
  } catch (error) {
    if (jobSignal.aborted || !tooLate.aborted) throw error;
    const late = { status: "timeout", error: `no answer within ${WITHIN_MS / 1_000} seconds` };
    throw unanswered(provider, late);
  }
}

/**
 * The one that onboarding has made the default. Providers of before stay in the configuration, also
 * those that never worked, and say nothing about it.
 */
async function chosenProvider(ctx: AppContext, id: InstanceId): Promise<string | null> {
  const text = await ctx.disk.storage.readConfig(id);
  return text === null ? null : defaultProvider(checkConfig(text));
}

const wasRefused = ({ status }: Result) => REFUSED.has(status);

/**
 * For example an internal error of the provider, or a certificate that is not trusted. Also a
 * provider of before, whose key is not in the other folder: beside a good answer it says nothing.
 */
const hasFailed = ({ status, reasonCode }: Result) =>
  status === "unknown" && reasonCode === undefined;

function resultsIn(stdout: string): Result[] {
  // Messages about failed attempts may precede the JSON.
  const at = stdout.startsWith("{") ? 0 : stdout.indexOf("\n{") + 1;
  try {
    return Answer.parse(JSON.parse(stdout.slice(at))).auth.probes.results;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return [];
    throw error;
  }
}

function unanswered({ choice, apiKey }: Provider, { status, error }: Result): DomainError {
  const why = error ?? status;
  const safe = asSentence(apiKey ? why.replaceAll(apiKey, "***") : why);
  return new DomainError(
    KEY_REFUSED.has(status) ? "PROVIDER_REFUSED" : "PROVIDER_FAILED",
    `The provider ${choice} does not answer: ${safe} Check the key, the address, the model and the network, then initialise again.`,
  );
}
