import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { configVersionNotFound } from "@claw/core/not-found";
import type { Uses } from "../../context.ts";
import { writtenTo } from "./written-by.ts";

/**
 * The text that the job `jobId` has replaced, byte for byte; null when it is there again, or when the
 * job has written nothing. It is not checked: OpenClaw had it before. Throws CHANGED_SINCE when
 * the configuration has changed since, and CONFIG_VERSION_NOT_FOUND.
 */
export async function formerText(
  ctx: Uses<"store" | "storage" | "live" | "host" | "log">,
  { id, present, jobId }: { id: InstanceId; present: string | null; jobId: string | undefined },
): Promise<string | null> {
  const written = jobId === undefined ? null : await writtenTo(ctx, id, jobId);
  if (written === null) return null;
  const former = await ctx.store.configTextOf(written.uid, written.replaced);
  if (former === present && former !== null) return null;
  if (!written.isPresent)
    throw new DomainError(
      "CHANGED_SINCE",
      `The configuration of ${id} has changed since the roll-out, so it was left as it is. Its history has the text from before.`,
    );
  if (former === null) throw configVersionNotFound(id, written.replaced);
  return former;
}
