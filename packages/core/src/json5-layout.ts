import { commentsBetween, skipBlank, tokenEnd } from "./json5-tokens.ts";

/** Whether two texts, which must be valid JSON5, differ in white space and optional commas alone. */
export function isSameButLayout(one: string, other: string): boolean {
  const [left, right] = [tokensOf(one), tokensOf(other)];
  return left.length === right.length && left.every((token, n) => token === right[n]);
}

/** Names, values, brackets and comments, in their order. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const note = (from: number, to: number) => {
    for (const comment of commentsBetween(text, from, to))
      tokens.push(text.slice(comment.from, comment.to));
    return to;
  };
  let at = note(0, skipBlank(text, 0));
  while (at < text.length) {
    const end = tokenEnd(text, at);
    const token = text.slice(at, end);
    if (token !== ",") tokens.push(token);
    at = note(end, skipBlank(text, end));
  }
  return tokens;
}
