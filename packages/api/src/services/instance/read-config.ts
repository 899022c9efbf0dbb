import { createHash } from "node:crypto";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { findInstance } from "./find-instance.ts";

/** Names a text, so that a save can tell whether it builds on what is there. */
export function revisionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The text of openclaw.json as it is. Throws CONFIG_MISSING. */
export async function readConfig(
  ctx: AppContext,
  id: InstanceId,
): Promise<{ text: string; revision: string }> {
  await findInstance(ctx, id);
  const text = await ctx.files.readConfig(id);
  if (text === null)
    throw new DomainError(
      "CONFIG_MISSING",
      `The instance ${id} has no openclaw.json. Restore a backup, or delete the instance with its data and create it again.`,
    );
  return { text, revision: revisionOf(text) };
}
