import { applyEdits, type Edit } from "./json5-edit.ts";
import { keyOf, membersOf, skipBlank } from "./json5-tokens.ts";

/** A member of an object or a list. The path has `*` for each item of a list. */
export interface Member {
  path: readonly string[];
  /** Its source in the text. */
  value: string;
  /** The source of the item before it in a list. */
  before: string | undefined;
}

/**
 * `text`, which must be valid JSON5, without the members for which `isUnwanted` is true, and their
 * paths. Comments stay, and everything else byte for byte.
 */
export function withoutMembers(
  text: string,
  isUnwanted: (member: Member) => boolean,
): { text: string; removed: string[][] } {
  const edits: Edit[] = [];
  const removed: string[][] = [];
  const visit = (at: number, path: readonly string[]) => {
    const isList = text[at] === "[";
    if (!isList && text[at] !== "{") return;
    let before: string | undefined;
    for (const { start, name, from, to } of membersOf(text, at).members) {
      const inner = [...path, isList ? "*" : (keyOf(name) ?? "")];
      const value = text.slice(from, to);
      const isGone = isUnwanted({ path: inner, value, before });
      if (isList) before = value;
      if (isGone) {
        edits.push(...removal(text, start, to));
        removed.push(inner);
      } else visit(from, inner);
    }
  };
  visit(skipBlank(text, 0), []);
  return { text: applyEdits(text, edits), removed };
}

/** `text` without the value at `path`; the same text when it has none. */
export function withoutValue(text: string, path: readonly string[]): string {
  return withoutMembers(text, (member) => isSame(member.path, path)).text;
}

/** `text` without the object at `path` that has nothing in it, no comment either. */
export function withoutEmptyObject(text: string, path: readonly string[]): string {
  return withoutMembers(text, (one) => isSame(one.path, path) && EMPTY.test(one.value)).text;
}

const EMPTY = /^\{\s*\}$/;

const isSame = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((key, n) => key === other[n]);

/** A member goes with the comma behind it, and with its lines if nothing else is on them. */
export function removal(text: string, start: number, end: number): Edit[] {
  const comma = skipBlank(text, end);
  const hasComma = text[comma] === ",";
  const isAdjacent = text.slice(end, comma).trim() === "";
  const to = hasComma && isAdjacent ? comma + 1 : end;
  const ownComma = hasComma && !isAdjacent ? [{ from: comma, to: comma + 1, insert: "" }] : [];
  return [{ ...withItsLines(text, start, to), insert: "" }, ...ownComma];
}

/** The range, extended to whole lines if nothing but white space is beside it. */
export function withItsLines(text: string, from: number, to: number) {
  const indent = /[^\S\r\n]*$/.exec(text.slice(lineStart(text, from), from))?.[0].length ?? 0;
  const begins = from - indent;
  const isFirst = begins === 0 || /[\r\n]/.test(text[begins - 1] ?? "");
  REST_OF_LINE.lastIndex = to;
  return isFirst && REST_OF_LINE.test(text)
    ? { from: begins, to: REST_OF_LINE.lastIndex }
    : { from, to };
}

const REST_OF_LINE = /[^\S\r\n]*(?:\r\n|\r|\n)/y;

const lineStart = (text: string, at: number) =>
  Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;
