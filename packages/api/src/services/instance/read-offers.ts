import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { KNOWN_OFFERS, type ProviderOffer, type ProviderOffers } from "@claw/core/provider-offer";
import type { AppContext } from "../../context.ts";
import { findInstance } from "./find-instance.ts";
import { imageIdOf } from "./image-id-of.ts";

/** The providers that the instance's image can set up; those that the panel knows if it does not say. */
export async function readOffers(ctx: AppContext, id: InstanceId): Promise<ProviderOffers> {
  const spec = await findInstance(ctx, id);
  try {
    const offers = await ctx.runtime.offers.of(await imageIdOf(ctx, spec));
    return { isFromImage: true, hindrance: null, offers: [...offers] };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    ctx.log.info(`the providers of ${spec.image} are not known: ${error.message}`);
    const { reason, message } = error;
    return { isFromImage: false, hindrance: { reason, message }, offers: [...KNOWN_OFFERS] };
  }
}

/** Throws INVALID_INPUT for a provider that the instance's image, or the panel in its place, does not offer. */
export async function offerFor(
  ctx: AppContext,
  id: InstanceId,
  choice: string,
): Promise<ProviderOffer> {
  const { offers, hindrance } = await readOffers(ctx, id);
  const offer = offers.find((each) => each.choice === choice);
  if (offer) return offer;
  const message = hindrance
    ? `The panel does not know the provider ${choice}, and the image of ${id} could not be asked which it offers: ${hindrance.message} Try again, or choose custom-api-key with the provider's address.`
    : `The image of ${id} does not offer the provider ${choice}. Choose one that it offers, or custom-api-key with the provider's address.`;
  const issues = [{ line: 0, column: 0, path: "provider.choice", message }];
  throw new DomainError("INVALID_INPUT", message, { issues });
}
