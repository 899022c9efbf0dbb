import json5 from "json5";
import { z } from "zod";
import { DomainError, messageOf } from "./errors.ts";
import { isObject } from "./is-object.ts";
import { isClosing, isOpening, keyOf, membersOf, skipBlank, tokenEnd } from "./json5-tokens.ts";
import { placesIn } from "./text-places.ts";

/** Replaces a range of a text, in character offsets. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
}

/** Far deeper than any real configuration; later code walks the value recursively. */
const MAX_DEPTH = 100;
/** Names, values and signs. Parsing blocks the panel for microseconds per token. */
const MAX_TOKENS = 50_000;

/**
 * Parses JSON5 whose root is an object. Throws CONFIG_INVALID with the line and column, counted
 * from 1 as in editors, of the first wrong character.
 */
export function parseJson5Object(text: string): Record<string, unknown> {
  // Checked before parsing: a megabyte of brackets would take a second.
  refuseUnreasonable(text);
  let value: unknown;
  try {
    value = json5.parse(text);
  } catch (error) {
    throw invalidAt(text, offsetOf(text, error), sentenceOf(error));
  }
  if (isObject(value)) return value;
  throw invalidAt(text, skipBlank(text, 0), "The configuration must be an object: { … }.");
}

function invalidAt(text: string, offset: number, message: string): DomainError {
  const { line, column } = placesIn(text)(offset);
  return new DomainError(
    "CONFIG_INVALID",
    `The configuration is not valid JSON5: line ${line}, column ${column}: ${message} Correct it and save again; nothing was changed.`,
    { issues: [{ line, column, path: "", message }] },
  );
}

/** The place at which json5 found the error. */
const ErrorPlace = z.object({
  lineNumber: z.number().default(1),
  columnNumber: z.number().default(1),
});

/** json5 ends lines only at `\n`, and reports a `\n` itself as column 0 of the next line. */
function offsetOf(text: string, error: unknown): number {
  const { lineNumber, columnNumber } = ErrorPlace.parse(error);
  let start = 0;
  for (let line = 1; line < lineNumber; line++) start = text.indexOf("\n", start) + 1;
  const offset = Math.min(start + columnNumber - 1, text.length);
  // For a surrogate pair, json5 reports the position of its second half.
  return offset > 0 && (text.codePointAt(offset - 1) ?? 0) > 0xffff ? offset - 1 : offset;
}

function sentenceOf(error: unknown): string {
  return `${messageOf(error)
    .replace(/^JSON5: /, "")
    .replace(/ at \d+:\d+$/, "")}.`;
}

/**
 * Ranges of the items of the array at `path` in `text`, which must be valid JSON5, and the offset
 * of its closing bracket. Null when there is no array.
 */
export function findArray(
  text: string,
  path: readonly string[],
): { items: { from: number; to: number }[]; end: number } | null {
  let at = skipBlank(text, 0);
  for (const key of path) {
    if (text[at] !== "{") return null;
    // As in JavaScript, the last of equal keys wins.
    const member = membersOf(text, at).members.findLast(({ name }) => keyOf(name) === key);
    if (!member) return null;
    at = member.from;
  }
  if (text[at] !== "[") return null;
  const { members, end } = membersOf(text, at);
  return { items: members.map(({ from, to }) => ({ from, to })), end };
}

/**
 * `text`, which must be valid JSON5, with `value` set at `path`; creates or replaces what is not an
 * object on the way. Comments and everything else stay.
 */
export function withValue(text: string, path: readonly string[], value: unknown): string {
  let at = skipBlank(text, 0);
  for (const [depth, key] of path.entries()) {
    const { members } = membersOf(text, at);
    // As in JavaScript, the last of equal keys wins.
    const member = members.findLast(({ name }) => keyOf(name) === key);
    const rest = path.slice(depth + 1);
    if (member && rest.length > 0 && text[member.from] === "{") {
      at = member.from;
      continue;
    }
    const insert = JSON.stringify(rest.reduceRight((inner, name) => ({ [name]: inner }), value));
    if (member) return applyEdits(text, [{ from: member.from, to: member.to, insert }]);
    const last = members.at(-1);
    const place = last?.to ?? at + 1;
    const source = `${JSON.stringify(key)}: ${insert}`;
    return applyEdits(text, [{ from: place, to: place, insert: last ? `, ${source}` : source }]);
  }
  return text;
}

/**
 * `text`, which must be valid JSON5, with `items` at the end of the array at `path`; unchanged
 * without one. Comments and everything else stay.
 */
export function withItems(
  text: string,
  path: readonly string[],
  items: readonly unknown[],
): string {
  const array = findArray(text, path);
  if (!array || items.length === 0) return text;
  const last = array.items.at(-1);
  const at = last?.to ?? array.end;
  const list = items.map((item) => JSON.stringify(item)).join(", ");
  return applyEdits(text, [{ from: at, to: at, insert: last ? `, ${list}` : list }]);
}

/** Throws CONFIG_INVALID when the part that is JSON5 is nested too deep or has too many tokens. */
function refuseUnreasonable(text: string): void {
  let depth = 0;
  let tokens = 0;
  for (let at = skipBlank(text, 0); at < text.length; at = skipBlank(text, tokenEnd(text, at))) {
    if (isOpening(text[at]) && ++depth > MAX_DEPTH)
      throw invalidAt(text, at, `nested more than ${MAX_DEPTH} levels deep.`);
    if (isClosing(text[at])) depth -= 1;
    if (++tokens > MAX_TOKENS)
      throw invalidAt(text, at, `more than ${MAX_TOKENS} names, values and signs.`);
  }
}

/** Applies `edits`, which must not overlap. Everything else stays byte for byte. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((done, edit) => done.slice(0, edit.from) + edit.insert + done.slice(edit.to), text);
}
