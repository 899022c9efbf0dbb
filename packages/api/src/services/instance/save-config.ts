import type { ConfigEffect } from "@claw/core/config-effect";
import type { ConfigSource } from "@claw/core/config-history";
import type { ConfigSaved } from "@claw/core/config-views";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { type Actor, NOBODY } from "../access/audit-draft.ts";
import { isLost, type SavedConfig } from "../runtime/saved-configs.ts";
import { requireImageWord } from "./ask-image.ts";
import { changeConfig } from "./change-config.ts";
import { requireValid } from "./check-config.ts";
import { lossWords } from "./config-loss.ts";
import { revisionMismatch, revisionOf } from "./config-revision.ts";
import { sharedChannels } from "./shared-channels.ts";

export interface SaveConfigInput {
  id: InstanceId;
  text: string;
  /** Revision of the edited text. */
  revision: string;
  /** By what it was made; `editor` by default. */
  source?: ConfigSource;
  /** The instance has come up with this text, so its image is not asked. */
  hasRun?: boolean;
}

const MESSAGES: Record<ConfigEffect, string> = {
  hot: "The gateway applies it at once.",
  restart: "The gateway applies it after a restart.",
  "next-start": "It takes effect at the next start.",
};

/** The gateway rereads its file after 0.3 s; what it says later is told by `watchConfig`. */
const VERDICT_WITHIN_MS = 1_500;

/**
 * Replaces openclaw.json, byte for byte, unless invalid or changed meanwhile. Of a running gateway
 * it awaits for a moment whether it takes the text.
 */
export async function saveConfig(
  ctx: AppContext,
  { source = "editor", ...input }: SaveConfigInput,
  by: Actor = NOBODY,
): Promise<ConfigSaved> {
  const { id, text, revision: basis } = input;
  // Before the lock: the schema of a new image takes seconds, and a text stays what it is.
  const { isChecked, unjudged, notes } = await judge(ctx, input, by);
  const next = async (before: string | null) => {
    requireBasis(before, basis);
    return text;
  };
  const saved = await changeConfig<never>(ctx, { id, author: { source, by }, next });
  const { revision, effect, isRunning } = saved;
  const message = [MESSAGES[effect], ...notes].join(" ");
  const warnings = await sharedChannels(ctx, id, text);
  const answer = { revision, effect, message, unjudged, warnings };
  // An image without a schema may have a gateway that never says a word.
  if (!isRunning || !isChecked) return answer;
  // After the lock, which the way back to the former text takes.
  const lost = await lossOf(ctx, id, revision);
  return lost ? { ...answer, ...(await refusal(ctx, id, lost)) } : answer;
}

/** Why a text may be saved. */
interface Verdict {
  /** By the image's schema. */
  isChecked: boolean;
  unjudged: ConfigSaved["unjudged"];
  /** Sentences about it for the user. */
  notes: readonly string[];
}

/** By its schema, then by the image itself; a running gateway has its own word once it is saved. */
async function judge(
  ctx: AppContext,
  { id, text, hasRun = false }: SaveConfigInput,
  { user: by }: Actor,
): Promise<Verdict> {
  const { isChecked, note } = await requireValid(ctx, id, text, by);
  const isForGateway = ctx.runtime.live.board.get(id).status === "running";
  const heard =
    isChecked && !isForGateway && !hasRun
      ? await requireImageWord(ctx, { id, text, by })
      : { unjudged: null, note: null };
  const notes = [note, heard.note].filter((each) => each !== null);
  return { isChecked, unjudged: heard.unjudged, notes };
}

function requireBasis(before: string | null, basis: string): void {
  if (before === null || revisionOf(before) === basis) return;
  throw revisionMismatch();
}

/** Null when the gateway takes the text, says nothing for a moment, or another text was saved. */
async function lossOf(
  ctx: AppContext,
  id: InstanceId,
  revision: string,
): Promise<SavedConfig | null> {
  const { saved, signal } = ctx.runtime.live;
  const over = new AbortController();
  const ends = AbortSignal.any([signal, over.signal]);
  void ctx.host.sleep(VERDICT_WITHIN_MS, ends).then(() => over.abort());
  try {
    for await (const now of saved.watch(id, ends)) {
      if (now?.revision !== revision || now.isAccepted) return null;
      if (isLost(now)) return now;
    }
    return null;
  } finally {
    over.abort();
  }
}

/** The answer about a text that the gateway has refused, with the revision that the file has now. */
async function refusal(
  ctx: AppContext,
  id: InstanceId,
  lost: SavedConfig,
): Promise<Pick<ConfigSaved, "effect" | "revision" | "message">> {
  const text = await ctx.disk.storage.readConfig(id);
  const revision = text === null ? lost.revision : revisionOf(text);
  return { effect: "refused", revision, message: lossWords(lost) };
}
