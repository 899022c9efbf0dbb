import { applyEdits } from "./json5-edit.ts";
import { withItsLines } from "./json5-remove.ts";
import { commentsBetween, skipBlank, tokenEnd } from "./json5-tokens.ts";

/** `text`, which must be valid JSON5, without the comments for which `isUnwanted` is true. */
export function withoutComments(text: string, isUnwanted: (comment: string) => boolean): string {
  const edits = [];
  for (let at = 0; at < text.length; ) {
    const next = skipBlank(text, at);
    for (const { from, to } of commentsBetween(text, at, next))
      if (isUnwanted(text.slice(from, to)))
        edits.push({ ...withItsLines(text, from, to), insert: "" });
    at = tokenEnd(text, next);
  }
  return applyEdits(text, edits);
}
