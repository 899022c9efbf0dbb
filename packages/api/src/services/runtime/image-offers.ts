import { DomainError } from "@claw/core/errors";
import { offersIn } from "@claw/core/image-offers";
import type { ProviderOffer } from "@claw/core/provider-offer";
import { asSentence, lastLine } from "@claw/core/sentence";
import type { ContainerEngine } from "../../engine/engine.ts";
import type { Host } from "../../host/host.ts";
import { oncePerImage } from "./once-per-image.ts";
import { LIST_PROVIDERS } from "./provider-listing.ts";

/** Half a second on an idle machine. */
const WITHIN_SECONDS = 60;

interface ImageOffersOptions {
  engine: Pick<ContainerEngine, "runOnce">;
  host: Pick<Host, "now">;
  /** Aborts when the panel ends. */
  signal: AbortSignal;
}

/** The providers that images offer to set up; each image is asked once. */
export function createImageOffers({ engine, host, signal }: ImageOffersOptions) {
  const answers = oncePerImage(async (imageId): Promise<readonly ProviderOffer[]> => {
    const limits = { withinSeconds: WITHIN_SECONDS, signal };
    const command = ["node", "-e", LIST_PROVIDERS];
    const { exitCode, stdout, stderr } = await engine.runOnce(imageId, command, limits);
    const offers = exitCode === 0 ? offersIn(parsed(stdout)) : null;
    if (offers) return offers;
    throw new DomainError(
      "COMMAND_FAILED",
      asSentence(`The image does not say which providers it offers: ${lastLine(stderr)}`),
    );
  }, host);
  return {
    /** Of an image by its id. Rejects with COMMAND_FAILED when it has no list, and as the engine does. */
    of: (imageId: string): Promise<readonly ProviderOffer[]> => answers.of(imageId),
  };
}

export type ImageOffers = ReturnType<typeof createImageOffers>;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
