import { DomainError } from "@claw/core/errors";
import type { AppContext } from "../../../context.ts";

/**
 * Throws up front if a restore could not complete: ENGINE_UNREACHABLE, IMAGE_MISSING for the image
 * of a restored instance, DISK_FULL.
 */
export async function requireRestorable(
  ctx: AppContext,
  needs: { images: Iterable<string>; bytes: number },
): Promise<void> {
  await ctx.engine.version();
  for (const ref of new Set(needs.images))
    if ((await ctx.engine.images.find(ref)) === null)
      throw new DomainError(
        "IMAGE_MISSING",
        `The image ${ref} is not on this Docker host, so nothing that is restored could run. Fetch it on the System page, then restore again.`,
      );
  const { free } = await ctx.disk.storage.space();
  if (free < needs.bytes)
    throw new DomainError(
      "DISK_FULL",
      `Restoring needs ${needs.bytes} bytes beside what is there, and the disk of the instances has ${free}. Make room, or restore fewer instances at a time.`,
    );
}
