import { z } from "zod";
import { isObject } from "./is-object.ts";
import { applyEdits, type Edit, parseJson5Object } from "./json5-edit.ts";
import { removal } from "./json5-remove.ts";
import { keyOf, membersOf, skipBlank } from "./json5-tokens.ts";
import { valueAt } from "./openclaw-config.ts";

/** As many as a configuration may have. */
const MAX_DEPTH = 50;
/** Far more than anybody writes by hand; the change is kept with its job, and made many times. */
const MAX_VALUES = 1_000;
const MAX_LENGTH = 64 * 1024;

/** A JSON merge patch (RFC 7396) of a configuration: null removes a key, an object is merged. */
export const MergePatch = z
  .custom<Record<string, unknown>>(isObject, "The change must be an object: { … }.")
  // Each ends the check: those below walk the whole of it, and recursively.
  .refine((patch) => isShallow(patch, MAX_DEPTH), {
    error: "The change is nested too deep.",
    abort: true,
  })
  .refine((patch) => countUpTo(MAX_VALUES + 1, patch) <= MAX_VALUES, {
    error: `The change has more than ${MAX_VALUES} values. Make it in several, smaller ones.`,
    abort: true,
  })
  .refine((patch) => JSON.stringify(patch).length <= MAX_LENGTH, {
    error: `The change is longer than ${MAX_LENGTH / 1024} KiB. Make it in several, smaller ones.`,
    abort: true,
  })
  // Before the record, which would leave such a key out without a word.
  .refine(hasOwnKeys, "No key may be __proto__.")
  .pipe(z.record(z.string(), z.json()))
  .refine((patch) => Object.keys(patch).length > 0, "The change is empty.");
export type MergePatch = z.output<typeof MergePatch>;

/**
 * `text` with a merge patch applied: what has its value already stays as it is written, comments and
 * everything else byte for byte. Throws CONFIG_INVALID.
 */
export function withPatch(text: string, patch: MergePatch): string {
  const present = parseJson5Object(text);
  return applyEdits(text, editsOf(text, { at: skipBlank(text, 0), present }, patch));
}

/** The object whose source begins at `at`. Its keys are distinct, so no edit changes another's place. */
function editsOf(
  text: string,
  { at, present }: { at: number; present: Record<string, unknown> },
  patch: object,
): Edit[] {
  const named = Map.groupBy(membersOf(text, at).members, ({ name }) => keyOf(name));
  const edits: Edit[] = [];
  const added: string[] = [];
  for (const [key, value] of Object.entries(patch)) {
    const same = named.get(key) ?? [];
    // As in JavaScript, the last of equal keys wins.
    const member = same.at(-1);
    const now = valueAt(present, [key]);
    if (value === null) {
      edits.push(...same.flatMap(({ start, to }) => removal(text, start, to)));
      named.delete(key);
    } else if (member && isObject(value) && isObject(now))
      edits.push(...editsOf(text, { at: member.from, present: now }, value));
    else if (!member) added.push(`${JSON.stringify(key)}: ${JSON.stringify(withoutNulls(value))}`);
    else if (!isEqual(now, withoutNulls(value)))
      edits.push({ from: member.from, to: member.to, insert: JSON.stringify(withoutNulls(value)) });
  }
  // Behind the last that stays; those that go have their commas with them or leave a trailing one.
  const places = [...named.values()].flatMap((members) => members.map(({ to }) => to));
  const last = Math.max(at + 1, ...places);
  const insert = [...(places.length > 0 ? [""] : []), ...added].join(", ");
  // After a removal that begins at the same place, which would take it along.
  if (added.length > 0) edits.push({ from: last, to: last, insert });
  return edits;
}

/** In an object that is new, a null removes nothing. */
function withoutNulls(value: unknown): unknown {
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}

/** The order of keys means nothing. */
function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, n) => isEqual(item, other[n]));
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isEqual(one[key], other[key]))
  );
}

function isShallow(value: unknown, depth: number): boolean {
  if (value === null || typeof value !== "object") return true;
  return depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1));
}

function hasOwnKeys(value: unknown): boolean {
  if (value === null || typeof value !== "object") return true;
  return !Object.hasOwn(value, "__proto__") && Object.values(value).every(hasOwnKeys);
}

/** The number of values that hold no other, counted no further than `most`. */
function countUpTo(most: number, value: unknown): number {
  const inner = value !== null && typeof value === "object" ? Object.values(value) : [];
  let count = inner.length === 0 ? 1 : 0;
  for (const each of inner) {
    if (count >= most) break;
    count += countUpTo(most - count, each);
  }
  return count;
}
