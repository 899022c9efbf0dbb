import { type ConfigEffect, configEffect } from "@claw/core/config-effect";
import type { ConfigSource } from "@claw/core/config-history";
import type { ConfigSaved } from "@claw/core/config-views";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { parseJson5Object } from "@claw/core/json5-edit";
import { asSentence } from "@claw/core/sentence";
import type { AppContext } from "../../context.ts";
import { type Actor, NOBODY } from "../access/audit-draft.ts";
import { endOfLog } from "../runtime/log-tails.ts";
import { isLost, type SavedConfig } from "../runtime/saved-configs.ts";
import { requireImageWord } from "./ask-image.ts";
import { requireValid } from "./check-config.ts";
import { requireSeenFolder } from "./check-folder.ts";
import { revisionOf } from "./config-revision.ts";
import { writeInstanceConfig } from "./config-versions.ts";
import { followSaved } from "./follow-saved.ts";
import { operateOn } from "./operate-on.ts";
import { sharedChannels } from "./shared-channels.ts";

export interface SaveConfigInput {
  id: InstanceId;
  text: string;
  /** Revision of the edited text. */
  revision: string;
  /** By what it was made; `editor` by default. */
  source?: ConfigSource;
}

/** Limit for finding the log's end before the write, which must not wait for it. */
const LOG_END_WITHIN_MS = 2_000;

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
  input: SaveConfigInput,
  by: Actor = NOBODY,
): Promise<ConfigSaved> {
  // Before the lock: the schema of a new image takes seconds, and a text stays what it is.
  const verdict = await judge(ctx, input, by);
  const { answer, isRunning } = await operateOn(ctx, input.id, "saving", () =>
    write(ctx, input, { by, verdict }),
  );
  // An image without a schema may have a gateway that never says a word.
  if (!isRunning || !verdict.isChecked) return answer;
  // After the lock, which the way back to the former text takes.
  const lost = await lossOf(ctx, input.id, answer.revision);
  return lost ? { ...answer, ...(await refusal(ctx, input.id, lost)) } : answer;
}

/** Why a text may be saved. */
interface Verdict {
  /** By the image's schema. */
  isChecked: boolean;
  unjudged: ConfigSaved["unjudged"];
  /** What the user should know about it, in sentences. */
  notes: readonly string[];
}

/** By its schema, then by the image itself; a running gateway has its own word once it is saved. */
async function judge(
  ctx: AppContext,
  { id, text }: SaveConfigInput,
  { user: by }: Actor,
): Promise<Verdict> {
  const { isChecked, note } = await requireValid(ctx, id, text, by);
  const isForGateway = ctx.runtime.live.board.get(id).status === "running";
  const heard =
    isChecked && !isForGateway
      ? await requireImageWord(ctx, { id, text, by })
      : { unjudged: null, note: null };
  const notes = [note, heard.note].filter((each) => each !== null);
  return { isChecked, unjudged: heard.unjudged, notes };
}

async function write(
  ctx: AppContext,
  { id, text, revision: basis, source = "editor" }: SaveConfigInput,
  { by, verdict: { unjudged, notes } }: { by: Actor; verdict: Verdict },
): Promise<{ answer: ConfigSaved; isRunning: boolean }> {
  const config = parseJson5Object(text);
  await requireSeenFolder(ctx, id);
  const before = await ctx.disk.storage.readConfig(id);
  if (before !== null && revisionOf(before) !== basis)
    throw new DomainError(
      "REVISION_MISMATCH",
      "The configuration was changed by someone else, or by OpenClaw itself, since you opened it. Compare the two and save again; nothing was overwritten.",
    );
  const { signal } = ctx.runtime.live;
  const { status } = ctx.runtime.live.board.get(id);
  const isRunning = status === "running";
  const run = isRunning ? ctx.runtime.live.board.get(id).startedAt : null;
  const wayBack = ctx.runtime.live.saved.wayBackTo(id, { text: before, run });
  const ends = AbortSignal.any([signal, AbortSignal.timeout(LOG_END_WITHIN_MS)]);
  const after = await endOfLog(ctx.engine, id, ends).catch(() => null);
  await writeInstanceConfig(ctx, id, text, { author: { source, by } });
  const revision = revisionOf(text);
  void followSaved(ctx, id, { before, text, revision, wayBack, after, by });
  const effect = configEffect(parsed(before), config, isRunning || status === "starting");
  const message = [MESSAGES[effect], ...notes].join(" ");
  const warnings = await sharedChannels(ctx, id, text);
  return { answer: { revision, effect, message, unjudged, warnings }, isRunning };
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
  { complaint, isBack, revision }: SavedConfig,
): Promise<Pick<ConfigSaved, "effect" | "revision" | "message">> {
  const text = await ctx.disk.storage.readConfig(id);
  const said = asSentence(
    `OpenClaw does not take this configuration${complaint === null ? "" : `: ${complaint}`}`,
  );
  return {
    effect: "refused",
    revision: text === null ? revision : revisionOf(text),
    message: `${said} ${isBack ? "The former configuration is back." : "Look at the file again."}`,
  };
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
