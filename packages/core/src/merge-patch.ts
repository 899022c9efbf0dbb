import { z } from "zod";
import { isObject } from "./is-object.ts";
import { parseJson5Object, withValue } from "./json5-edit.ts";
import { withoutValue } from "./json5-remove.ts";
import { valueAt } from "./openclaw-config.ts";

/** As many as a configuration may have. */
const MAX_DEPTH = 50;

/** A JSON merge patch (RFC 7396) of a configuration: null removes a key, an object is merged. */
export const MergePatch = z
  .custom<Record<string, unknown>>(isObject, "The change must be an object: { … }.")
  // Before the record, which would leave such a key out without a word.
  .refine(hasOwnKeys, "No key may be __proto__.")
  .refine((patch) => isShallow(patch, MAX_DEPTH), "The change is nested too deep.")
  .pipe(z.record(z.string(), z.json()))
  .refine((patch) => Object.keys(patch).length > 0, "The change is empty.");
export type MergePatch = z.output<typeof MergePatch>;

/**
 * `text` with a merge patch applied: what has its value already stays as it is written, comments and
 * everything else byte for byte. Throws CONFIG_INVALID.
 */
export function withPatch(text: string, patch: MergePatch): string {
  return merged(text, [], patch);
}

function merged(text: string, at: readonly string[], patch: object): string {
  let now = text;
  for (const [key, value] of Object.entries(patch)) {
    const path = [...at, key];
    const present = valueAt(parseJson5Object(now), path);
    if (value === null) now = present === undefined ? now : withoutValue(now, path);
    else if (isObject(value) && isObject(present)) now = merged(now, path, value);
    else {
      const wanted = withoutNulls(value);
      if (!isEqual(present, wanted)) now = withValue(now, path, wanted);
    }
  }
  return now;
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
