import { z } from "zod";
import { CUSTOM, isOwnServer, needsOf } from "./provider-needs.ts";

/** A value of `openclaw onboard --auth-choice`; which there are depends on the image. */
const ProviderChoice = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9][\w:.-]*$/, "This is no name of a provider. Choose one that is offered.");

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
    const needs = needsOf(provider.choice);
    for (const field of ["apiKey", "baseUrl", "modelId"] as const)
      if (needs[field] === "must" && provider[field] === undefined)
        context.addIssue({
          code: "custom",
          path: [field],
          message: `${provider.choice} needs ${field}.`,
        });
  });
export type Provider = z.infer<typeof Provider>;

/**
 * Command and environment of a non-interactive `openclaw onboard`; no argument holds the key, which
 * is in `keyVariable`.
 */
export function onboardCommand(
  { choice, apiKey, baseUrl, modelId }: Provider,
  keyVariable: string,
): { argv: string[]; env: Record<string, string> } {
  const argv = [
    ...["openclaw", "onboard", "--non-interactive", "--accept-risk", "--skip-health"],
    ...["--mode", "local", "--auth-choice", choice, "--secret-input-mode", "plaintext"],
    ...["--skip-channels", "--skip-skills", "--no-install-daemon", "--json"],
  ];
  if (choice === CUSTOM)
    argv.push("--custom-provider-id", "custom", "--custom-compatibility", "openai");
  if (isOwnServer(choice)) {
    if (baseUrl !== undefined) argv.push("--custom-base-url", baseUrl);
    if (modelId !== undefined) argv.push("--custom-model-id", modelId);
  }
  return { argv, env: apiKey === undefined ? {} : { [keyVariable]: apiKey } };
}
