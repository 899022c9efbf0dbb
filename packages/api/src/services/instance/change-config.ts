import { type ConfigEffect, configEffect, restartsItself } from "@claw/core/config-effect";
import { DomainError, hasReason } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { parseJson5Object } from "@claw/core/json5-edit";
import type { AppContext } from "../../context.ts";
import type { ConfigAuthor } from "../runtime/config-author.ts";
import { endOfLog } from "../runtime/log-tails.ts";
import { requireSeenFolder } from "./check-folder.ts";
import { revisionOf } from "./config-revision.ts";
import { writeInstanceConfig } from "./config-versions.ts";
import { followSaved } from "./follow-saved.ts";
import { type OperateOptions, operateOn } from "./operate-on.ts";

export interface ConfigChange<Nothing extends null> {
  id: InstanceId;
  author: ConfigAuthor;
  /**
   * Makes the new text, which is valid, from the one in the file; null: nothing is written. It is
   * asked again when that one has changed meanwhile.
   */
  next: (before: string | null) => Promise<string | Nothing>;
}

export interface ChangedConfig {
  revision: string;
  effect: ConfigEffect;
  /** The gateway rereads the file at once. */
  isRunning: boolean;
  /** The effect is `restart`, but nothing restarts the gateway. */
  needsRestart: boolean;
}

/** Limit for finding the log's end before the write, which must not wait for it. */
const LOG_END_WITHIN_MS = 2_000;

/** OpenClaw may change its file at any time, but does not do so without a pause. */
const MOST_ATTEMPTS = 3;

/**
 * Changes an instance's openclaw.json while nobody else does, and observes what its gateway makes of
 * that. Throws what `next` throws, BUSY, INSTANCE_NOT_FOUND, and REVISION_MISMATCH when the file
 * changes whenever it has been read.
 */
export function changeConfig<Nothing extends null>(
  ctx: AppContext,
  { id, author, next }: ConfigChange<Nothing>,
  options?: OperateOptions,
): Promise<ChangedConfig | Nothing> {
  const change = async () => {
    for (let left = MOST_ATTEMPTS; ; ) {
      await requireSeenFolder(ctx, id);
      const before = await ctx.disk.storage.readConfig(id);
      const text = await next(before);
      if (typeof text !== "string") return text;
      try {
        return await write(ctx, { id, author }, { before, text });
      } catch (error) {
        left -= 1;
        if (!hasReason(error, "REVISION_MISMATCH") || left === 0) throw error;
      }
    }
  };
  return operateOn<ChangedConfig | Nothing>(ctx, id, "saving", change, options);
}

async function write(
  ctx: AppContext,
  { id, author }: { id: InstanceId; author: ConfigAuthor },
  { before, text }: { before: string | null; text: string },
): Promise<ChangedConfig> {
  const config = parseJson5Object(text);
  const { board, saved, signal } = ctx.runtime.live;
  const { status, startedAt } = board.get(id);
  const isRunning = status === "running";
  const wayBack = saved.wayBackTo(id, { text: before, run: isRunning ? startedAt : null });
  const ends = AbortSignal.any([signal, AbortSignal.timeout(LOG_END_WITHIN_MS)]);
  const after = await endOfLog(ctx.engine, id, ends).catch(() => null);
  await writeInstanceConfig(ctx, id, text, { author, basis: before });
  const revision = revisionOf(text);
  void followSaved(ctx, id, { before, text, revision, wayBack, after, by: author.by });
  const effect = configEffect(parsed(before), config, isRunning || status === "starting");
  const needsRestart = effect === "restart" && !restartsItself(config);
  return { revision, effect, isRunning, needsRestart };
}

/** The former text may be broken; this change may fix that. */
function parsed(text: string | null): unknown {
  try {
    return text === null ? {} : parseJson5Object(text);
  } catch (error) {
    if (error instanceof DomainError) return {};
    throw error;
  }
}
