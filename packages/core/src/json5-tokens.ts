import json5 from "json5";

// The tokens of a text. Where it is no valid JSON5, a string ends with its line at the latest.

/** Saves the parser, which costs more than all the rest. */
const PLAIN = /^[A-Za-z_$][\w$]*$/;

/** Whether a key needs no quotation marks. */
export const isPlainKey = (key: string) => PLAIN.test(key);

/** The name of a member, as its source is written; undefined for one that is no name. */
export function keyOf(name: string): string | undefined {
  return isPlainKey(name) ? name : Object.keys(json5.parse(`{${name}:0}`))[0];
}

/** As `keyOf`; undefined also for what is not valid, as while it is typed. */
export function typedKeyOf(name: string): string | undefined {
  try {
    return keyOf(name);
  } catch {
    return undefined;
  }
}

/** Members of the object or array that opens at `at`: start, source of the name, range of the value. */
export function membersOf(text: string, at: number) {
  const named = text[at] === "{";
  const members: { start: number; name: string; from: number; to: number }[] = [];
  let next = skipBlank(text, at + 1);
  while (next < text.length && !isClosing(text[next])) {
    const colon = named ? skipBlank(text, tokenEnd(text, next)) : 0;
    const name = named ? text.slice(next, tokenEnd(text, next)) : "";
    const from = named ? skipBlank(text, colon + 1) : next;
    const to = valueEnd(text, from);
    members.push({ start: next, name, from, to });
    next = skipBlank(text, to);
    if (text[next] === ",") next = skipBlank(text, next + 1);
  }
  return { members, end: next };
}

/** The end of the value that begins at `from`. */
export function valueEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at = skipBlank(text, at)) {
    if (isOpening(text[at])) depth += 1;
    if (isClosing(text[at])) depth -= 1;
    at = tokenEnd(text, at);
    if (depth === 0) return at;
  }
  return text.length;
}

export const isOpening = (character: string | undefined) => character === "{" || character === "[";
export const isClosing = (character: string | undefined) => character === "}" || character === "]";

/** A string, a sign, or a name or number; JSON5's white space is what `\s` matches. */
const TOKEN =
  /"[^"\\\r\n]*(?:\\(?:\r\n|.)[^"\\\r\n]*)*"?|'[^'\\\r\n]*(?:\\(?:\r\n|.)[^'\\\r\n]*)*'?|[{}[\],:]|[^\s{}[\],:"'/]+|./sy;
const BLANK = /\s+|\/\/[^\n\r\u2028\u2029]*|\/\*.*?\*\//sy;

/** The end of the token that begins at `at`. */
export function tokenEnd(text: string, at: number): number {
  TOKEN.lastIndex = at;
  return TOKEN.test(text) ? TOKEN.lastIndex : text.length;
}

/** The next offset from `at` on that is neither white space nor comment. */
export function skipBlank(text: string, at: number): number {
  let next = at;
  for (BLANK.lastIndex = next; BLANK.test(text); BLANK.lastIndex = next) next = BLANK.lastIndex;
  return next;
}

const COMMENT = /\/\/[^\n\r\u2028\u2029]*|\/\*.*?\*\//gs;

/** The comments from `from` to `to`, which `skipBlank` went over. */
export function commentsBetween(text: string, from: number, to: number) {
  return [...text.slice(from, to).matchAll(COMMENT)].map(({ 0: comment, index }) => ({
    from: from + index,
    to: from + index + comment.length,
  }));
}
