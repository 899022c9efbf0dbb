import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { onboardFailure } from "@claw/core/onboard-failure";
import { checkConfig } from "@claw/core/openclaw-config";
import { onboardCommand, type Provider } from "@claw/core/provider";
import { isOwnServer } from "@claw/core/provider-needs";
import type { ProviderOffer } from "@claw/core/provider-offer";
import { agentsWithSignIn, type SavedSignIn, savedSignIn } from "@claw/core/saved-sign-in";
import { asSentence, lastLine } from "@claw/core/sentence";
import type { AppContext } from "../../context.ts";
import type { ExecResult } from "../../engine/engine.ts";

/** OpenClaw itself gives the provider 90 seconds to answer. */
const TEST_WITHIN_SECONDS = 150;

/**
 * Sets up a model provider with OpenClaw's own commands. Returns true when OpenClaw has already
 * asked the provider, false when it has not: it is the default then, proven or not. Throws
 * COMMAND_FAILED with the cause; where OpenClaw did not take the provider or its key, the one before
 * stays the default.
 */
export async function onboardProvider(
  ctx: AppContext,
  target: Target,
  signal: AbortSignal,
): Promise<boolean> {
  const { id, provider, offer } = target;
  const { argv, env } = onboardCommand(provider, offer.keyVariable);
  // It rewrites the configuration, as requested.
  ctx.runtime.live.saved.forget(id);
  const done = await ctx.engine.exec(id, argv, { env, signal });
  if (done.exitCode === 0) {
    await untieAgents(ctx, id, signal);
    await chooseModel(ctx, target, (model) => ["models", "set", model], signal);
    return false;
  }
  const saved = savedSignIn(outputOf(done));
  if (!saved) throw refused(provider, outputOf(done));
  await activate(ctx, { ...target, saved }, signal);
  await chooseModel(ctx, target, (model) => tied(model, saved), signal);
  return true;
}

/** The user's choice, with the image's description of it. */
interface Target {
  id: InstanceId;
  provider: Provider;
  offer: ProviderOffer;
}

/** Onboarding takes the model of a server of the user's own, and else the image's favourite. */
async function chooseModel(
  ctx: AppContext,
  { id, provider: { choice, modelId }, offer }: Target,
  commandFor: (model: string) => string[],
  signal: AbortSignal,
): Promise<void> {
  if (modelId === undefined || isOwnServer(choice)) return;
  const model = `${offer.provider}/${modelId}`;
  const done = await ctx.engine.exec(id, ["openclaw", ...commandFor(model)], { signal });
  if (done.exitCode !== 0)
    throw new DomainError(
      "COMMAND_FAILED",
      `The provider ${choice} is set up, but OpenClaw did not take the model ${model}: ${asSentence(lastLine(outputOf(done)))} Choose another, or set agents.defaults.model on the configuration page.`,
    );
}

/** Activating a credential ties the agent's own model to it, which prevails over the default. */
const tied = (model: string, { agentId, profileId }: SavedSignIn) => [
  ...["config", "set", `agents.entries.${agentId}.model`],
  ...[JSON.stringify(`${model}@${profileId}`), "--strict-json"],
];

/** OpenClaw tests the credential and uses it only when the provider answers. */
async function activate(
  ctx: AppContext,
  target: Target & { saved: SavedSignIn },
  signal: AbortSignal,
): Promise<void> {
  const { profileId, agentId } = target.saved;
  const auth = (verb: string, ...more: string[]) =>
    ctx.engine.exec(
      target.id,
      ["openclaw", "models", "auth", verb, profileId, "--agent", agentId, ...more],
      { withinSeconds: TEST_WITHIN_SECONDS, signal },
    );
  const done = await auth("activate");
  if (done.exitCode === 0) return;
  const failure = refused(target.provider, outputOf(done), " The former key stays in use.");
  // A key that does not work must not pile up in the instance.
  const dropped = await auth("logout", "--yes");
  if (dropped.exitCode !== 0)
    ctx.log.warn(
      `${target.id} keeps the unused credential ${profileId}: ${onboardFailure(outputOf(dropped), target.provider.apiKey).said}`,
    );
  throw failure;
}

/** Lets the agents use the default model again, which onboarding has just set. */
async function untieAgents(ctx: AppContext, id: InstanceId, signal: AbortSignal): Promise<void> {
  const text = await ctx.disk.storage.readConfig(id);
  if (text === null) return;
  for (const agentId of agentsWithSignIn(checkConfig(text))) {
    const argv = ["openclaw", "config", "unset", `agents.entries.${agentId}.model`];
    const done = await ctx.engine.exec(id, argv, { signal });
    if (done.exitCode !== 0)
      throw new DomainError(
        "COMMAND_FAILED",
        `The provider is set up, but the agent ${agentId} keeps its former model: ${asSentence(lastLine(outputOf(done)))} Remove agents.entries.${agentId}.model on the configuration page.`,
      );
  }
}

function refused(provider: Provider, output: string, afterwards = ""): DomainError {
  const { said, advice } = onboardFailure(output, provider.apiKey);
  return new DomainError(
    "COMMAND_FAILED",
    `OpenClaw did not take the provider ${provider.choice}: ${asSentence(said)} ${advice}${afterwards}`,
  );
}

const outputOf = ({ stdout, stderr }: ExecResult) => `${stdout}\n${stderr}`;
