import { type ConfigEffect, configEffect } from "@claw/core/config-effect";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { parseJson5Object } from "@claw/core/json5-edit";
import { checkConfig } from "@claw/core/openclaw-config";
import type { AppContext } from "../../context.ts";
import { findInstance, requireNoRestore } from "./find-instance.ts";
import { revisionOf } from "./read-config.ts";

export interface SaveConfigInput {
  id: InstanceId;
  text: string;
  /** Revision of the text that was edited. */
  revision: string;
}

/** Replaces openclaw.json, byte for byte, unless it is not valid or was changed meanwhile. */
export async function saveConfig(
  ctx: AppContext,
  input: SaveConfigInput,
): Promise<{ revision: string; effect: ConfigEffect }> {
  await findInstance(ctx, input.id);
  await requireNoRestore(ctx, input.id);
  return ctx.live.locks.exclusive(input.id, "saving", async () => {
    // One after the other: reading a long text keeps the panel from everything else.
    const after = checkConfig(input.text);
    const before = await ctx.files.readConfig(input.id);
    if (before !== null && revisionOf(before) !== input.revision)
      throw new DomainError(
        "REVISION_MISMATCH",
        "The configuration was changed by someone else, or by OpenClaw itself, since you opened it. Compare the two and save again; nothing was overwritten.",
      );
    await ctx.files.writeConfig(input.id, input.text);
    const { status } = ctx.live.board.get(input.id);
    const running = status === "running" || status === "starting";
    return {
      revision: revisionOf(input.text),
      effect: configEffect(parsed(before), after, running),
    };
  });
}

/** What was there before may be broken: that is what is being mended. */
function parsed(text: string | null): unknown {
  try {
    return text === null ? {} : parseJson5Object(text);
  } catch (error) {
    if (error instanceof DomainError) return {};
    throw error;
  }
}
