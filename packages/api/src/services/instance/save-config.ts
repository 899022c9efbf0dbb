import { type ConfigEffect, configEffect } from "@claw/core/config-effect";
import type { ConfigSaved } from "@claw/core/config-views";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { parseJson5Object } from "@claw/core/json5-edit";
import type { AppContext } from "../../context.ts";
import { type Actor, NOBODY } from "../access/audit-draft.ts";
import { endOfLog } from "../runtime/log-tails.ts";
import { requireValid } from "./check-config.ts";
import { requireSeenFolder } from "./check-folder.ts";
import { followSaved } from "./follow-saved.ts";
import { operateOn } from "./operate-on.ts";
import { revisionOf } from "./read-config.ts";
import { sharedChannels } from "./shared-channels.ts";

export interface SaveConfigInput {
  id: InstanceId;
  text: string;
  /** Revision of the edited text. */
  revision: string;
}

/** Limit for finding the log's end before the write, which must not wait for it. */
const LOG_END_WITHIN_MS = 2_000;

const MESSAGES: Record<ConfigEffect, string> = {
  hot: "The gateway applies it at once.",
  restart: "The gateway applies it after a restart.",
  "next-start": "It takes effect at the next start.",
};

/** Replaces openclaw.json, byte for byte, unless invalid or changed meanwhile. */
export async function saveConfig(
  ctx: AppContext,
  input: SaveConfigInput,
  by: Actor = NOBODY,
): Promise<ConfigSaved> {
  // Before the lock: the schema of a new image takes seconds, and a text stays what it is.
  const note = await requireValid(ctx, input.id, input.text);
  return operateOn(ctx, input.id, "saving", async () => {
    const config = parseJson5Object(input.text);
    await requireSeenFolder(ctx, input.id);
    const before = await ctx.disk.storage.readConfig(input.id);
    if (before !== null && revisionOf(before) !== input.revision)
      throw new DomainError(
        "REVISION_MISMATCH",
        "The configuration was changed by someone else, or by OpenClaw itself, since you opened it. Compare the two and save again; nothing was overwritten.",
      );
    const { status } = ctx.runtime.live.board.get(input.id);
    const running = status === "running" || status === "starting";
    const ends = AbortSignal.any([ctx.runtime.live.signal, AbortSignal.timeout(LOG_END_WITHIN_MS)]);
    const after = await endOfLog(ctx.engine, input.id, ends).catch(() => null);
    await ctx.runtime.live.saved.overwrite(input.id, () =>
      ctx.disk.storage.writeConfig(input.id, input.text),
    );
    const revision = revisionOf(input.text);
    void followSaved(ctx, input.id, { before, text: input.text, revision, after, by });
    const effect = configEffect(parsed(before), config, running);
    return {
      revision,
      effect,
      message: note === null ? MESSAGES[effect] : `${MESSAGES[effect]} ${note}`,
      warnings: await sharedChannels(ctx, input.id, input.text),
    };
  });
}

/** The former text may be broken; this save may fix that. */
function parsed(text: string | null): unknown {
  try {
    return text === null ? {} : parseJson5Object(text);
  } catch (error) {
    if (error instanceof DomainError) return {};
    throw error;
  }
}
