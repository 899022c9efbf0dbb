import { asksByProxy } from "@claw/core/asks-by-proxy";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { checkConfig } from "@claw/core/openclaw-config";
import type { Provider } from "@claw/core/provider";
import { CUSTOM } from "@claw/core/provider-needs";
import type { ProviderOffer } from "@claw/core/provider-offer";
import { refusalOf } from "@claw/core/provider-refusal";
import { Reached, unreachedWords } from "@claw/core/reachability";
import { z } from "zod";
import type { AppContext } from "../../context.ts";
import { REACH } from "./reach-program.ts";

/** For a name, a port and TLS together; a network that answers does within one. */
const CONNECT_SECONDS = 5;
/** A server that has accepted the connection may be busy. */
const ANSWER_SECONDS = 10;
/** The program itself has limits; starting it on a busy machine takes some seconds. */
const WITHIN_SECONDS = 60;

const Results = z.array(Reached);

/**
 * Tests from inside the instance whether anything answers where its provider is, before anything is
 * changed. Throws PROVIDER_UNREACHABLE with the cause when nothing does at any of the addresses that
 * may be meant. Any answer is one: whether it is that of a provider which takes the key, OpenClaw
 * finds out; but a custom provider that refuses key, model or address is told at once, with
 * PROVIDER_REFUSED or PROVIDER_NOT_FOUND. Says nothing where the image has no Node, or where OpenClaw asks by way of a proxy.
 * Throws CONFIG_INVALID for a configuration that is no JSON5.
 */
export async function requireReachable(
  ctx: AppContext,
  { id, provider, offer }: { id: InstanceId; provider: Provider; offer: ProviderOffer },
  signal: AbortSignal,
): Promise<void> {
  const addresses = provider.baseUrl === undefined ? offer.addresses : [provider.baseUrl];
  if (addresses.length === 0) return;
  const text = await ctx.disk.storage.readConfig(id);
  if (text !== null && asksByProxy(checkConfig(text))) return;
  const argv = ["node", "-e", REACH, String(CONNECT_SECONDS), String(ANSWER_SECONDS)];
  const { exitCode, stdout } = await ctx.engine.exec(id, [...argv, ...addresses], {
    env: questionTo(provider),
    signal,
    withinSeconds: WITHIN_SECONDS,
  });
  const results = exitCode === 0 ? resultsIn(stdout) : [];
  const [first] = results;
  if (first?.refused) {
    const { reason, said } = refusalOf(first.refused, provider);
    throw new DomainError(
      reason,
      `The provider ${provider.choice} answered, but not as needed. ${said} Nothing was changed.`,
    );
  }
  if (!first || results.some(({ phase }) => phase === "answered")) return;
  throw new DomainError(
    "PROVIDER_UNREACHABLE",
    `The instance does not reach the provider ${provider.choice}: ${unreachedWords(first)} The key was not checked, and nothing was changed.`,
  );
}

/** Of other providers than the custom one, only OpenClaw knows the protocol. */
function questionTo({ choice, apiKey: key, baseUrl, modelId: model }: Provider) {
  if (choice !== CUSTOM || baseUrl === undefined) return {};
  const url = `${baseUrl.replace(/\/+$/, "")}/chat/completions`;
  return { CLAW_ASK: JSON.stringify({ url, key, model }) };
}

function resultsIn(stdout: string): Reached[] {
  try {
    return Results.parse(JSON.parse(stdout));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return [];
    throw error;
  }
}
