import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { onboardCommand, type Provider } from "@claw/core/provider";
import { asSentence } from "@claw/core/sentence";
import { z } from "zod";
import type { AppContext } from "../../context.ts";

/** OpenClaw tries an address that does not answer again for 80 seconds. */
const WITHIN_MS = 120_000;

const COMMAND = ["openclaw", "models", "status", "--probe", "--json", "--probe-timeout", "15000"];

/** It refuses to ask for the state folder of a gateway that runs: it is given one of its own. */
const STATE_FOLDER = { OPENCLAW_STATE_DIR: "/tmp/claw-ask-provider" };

/** What of its answer is read (OpenClaw 2026.9.6). */
const Answer = z.object({
  auth: z.object({
    probes: z.object({
      results: z.array(z.object({ status: z.string(), error: z.string().optional() })),
    }),
  }),
});

/** What a provider answered that takes the key, and one that does not. */
const TAKEN = new Set(["ok", "rate_limit"]);
const REFUSED = new Set(["auth", "billing", "timeout", "format"]);

/**
 * True when the provider answered with this key; null when OpenClaw cannot tell. Throws
 * COMMAND_FAILED with what it said when it did not.
 */
export async function askProvider(
  ctx: AppContext,
  target: { id: InstanceId; provider: Provider },
  jobSignal: AbortSignal,
): Promise<true | null> {
  const tooLate = AbortSignal.timeout(WITHIN_MS);
  const signal = AbortSignal.any([jobSignal, tooLate]);
  try {
    // Keys that OpenClaw keeps beside its configuration are in the other folder.
    const env = { ...onboardCommand(target.provider).env, ...STATE_FOLDER };
    const { exitCode, stdout } = await ctx.engine.exec(target.id, COMMAND, { env, signal });
    if (exitCode !== 0) return null;
    const results = resultsIn(stdout);
    const refused = results.find(({ status }) => REFUSED.has(status));
    if (refused) throw unanswered(target.provider, refused.error ?? refused.status);
    return results.some(({ status }) => TAKEN.has(status)) ? true : null;
  } catch (error) {
    if (jobSignal.aborted || !tooLate.aborted) throw error;
    throw unanswered(target.provider, `no answer within ${WITHIN_MS / 1_000} seconds`);
  }
}

function resultsIn(stdout: string): { status: string; error?: string | undefined }[] {
  // Lines about tries that failed may stand before it.
  const at = stdout.startsWith("{") ? 0 : stdout.indexOf("\n{") + 1;
  try {
    return Answer.parse(JSON.parse(stdout.slice(at))).auth.probes.results;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return [];
    throw error;
  }
}

function unanswered({ choice, apiKey }: Provider, why: string): DomainError {
  const safe = asSentence(apiKey ? why.replaceAll(apiKey, "***") : why);
  return new DomainError(
    "COMMAND_FAILED",
    `The provider ${choice} is set up, but does not answer: ${safe} Check the key, the address and the network, then initialise again.`,
  );
}
