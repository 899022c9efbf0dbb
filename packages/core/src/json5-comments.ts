import { applyEdits } from "./json5-edit.ts";
import { withItsLines } from "./json5-remove.ts";
import { skipBlank, tokenEnd } from "./json5-tokens.ts";

const COMMENT = /\/\/[^\n\r\u2028\u2029]*|\/\*.*?\*\//gs;

/** `text`, which must be valid JSON5, without the comments for which `isUnwanted` is true. */
export function withoutComments(text: string, isUnwanted: (comment: string) => boolean): string {
  const edits = [];
  for (let at = 0; at < text.length; ) {
    const next = skipBlank(text, at);
    for (const { 0: comment, index } of text.slice(at, next).matchAll(COMMENT))
      if (isUnwanted(comment))
        edits.push({ ...withItsLines(text, at + index, at + index + comment.length), insert: "" });
    at = tokenEnd(text, next);
  }
  return applyEdits(text, edits);
}
