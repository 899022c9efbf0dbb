import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../context.ts";

/** Throws IMAGE_MISSING with the remedy under way, or ENGINE_UNREACHABLE. */
export async function requireImage(ctx: AppContext): Promise<void> {
  const { image } = ctx.config;
  if (await ctx.engine.images.find(image)) return;
  const job = ctx.runtime.jobs.running("image");
  throw new DomainError(
    "IMAGE_MISSING",
    job
      ? `The image ${image} is being fetched (${Math.round(job.progress * 100)} %). Create the instance when that is done.`
      : `The image ${image} is not on this Docker host. Fetch it on the System page, then create the instance.`,
  );
}
