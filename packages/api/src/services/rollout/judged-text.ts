import type { Unjudged } from "@claw/core/config-views";
import type { AppContext } from "../../context.ts";
import { requireImageWord } from "../instance/ask-image.ts";
import { changedText, type TextChange } from "./changed-text.ts";

/** A text to write, and why only its schema has judged it; null: that is not so. */
interface Judged {
  text: string | null;
  unjudged: Unjudged | null;
}

/**
 * `changedText` as it is written: for an instance that does not run its image is asked as well, as
 * by a single save, since nobody else judges the text before the next start.
 */
export async function judgedText(ctx: AppContext, change: TextChange): Promise<Judged> {
  const { id, by } = change;
  const { text, isChecked } = await changedText(ctx, change);
  const isForGateway = ctx.runtime.live.board.get(id).status === "running";
  if (text === null || !isChecked || isForGateway) return { text, unjudged: null };
  const { unjudged } = await requireImageWord(ctx, { id, text, by });
  return { text, unjudged };
}
