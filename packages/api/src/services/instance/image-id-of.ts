import { DomainError } from "@claw/core/errors";
import type { InstanceSpec } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { engineAway } from "../runtime/image-schemas.ts";

/** The image of the container that runs, or starts next. */
export async function imageIdOf(ctx: AppContext, { id, image }: InstanceSpec): Promise<string> {
  const { board } = ctx.runtime.live;
  const observed = board.observedOf(id);
  if (observed?.imageId !== undefined && observed.image === image) return observed.imageId;
  if (!board.isReachable()) throw engineAway();
  const found = await ctx.engine.images.find(image);
  if (found) return found.id;
  throw new DomainError("IMAGE_MISSING", `The image ${image} is not on this host.`);
}
