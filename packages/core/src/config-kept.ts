import json5 from "json5";
import { isObject } from "./is-object.ts";
import { parseJson5Object, withValue } from "./json5-edit.ts";

/** Keys that OpenClaw writes about the file itself. */
const ABOUT_THE_FILE = new Set(["meta", "wizard"]);

/**
 * True when `now` lacks a value of `saved`, or has one back that `saved` removed from `before`: the
 * file was restored or overwritten. Additions by OpenClaw, and comments lost when it rewrites the
 * file, do not count.
 */
export function isUndone(before: string | null, saved: string, now: string): boolean {
  if (saved === now) return false;
  const said = objectOf(saved);
  const says = objectOf(now);
  if (says === null || said === null) return true;
  return !holds(says, said) || revives(before === null ? {} : objectOf(before), said, says);
}

function holds(now: unknown, saved: unknown): boolean {
  if (!isObject(now) || !isObject(saved)) return json5.stringify(now) === json5.stringify(saved);
  return Object.entries(saved).every(
    ([key, value]) =>
      ABOUT_THE_FILE.has(key) || (Object.hasOwn(now, key) && holds(now[key], value)),
  );
}

function revives(before: unknown, saved: unknown, now: unknown): boolean {
  if (!isObject(before) || !isObject(saved) || !isObject(now)) return false;
  return Object.entries(before).some(([key, value]) => {
    if (ABOUT_THE_FILE.has(key) || !Object.hasOwn(now, key)) return false;
    if (Object.hasOwn(saved, key)) return revives(value, saved[key], now[key]);
    return json5.stringify(value) === json5.stringify(now[key]);
  });
}

/**
 * `text` with the `meta` of `present`, unless it has one of its own. OpenClaw takes a file that lost
 * its `meta` for damaged, and puts its own backup in its place.
 */
export function withMetaOf(present: string, text: string): string {
  const meta = objectOf(present)?.meta;
  const own = objectOf(text);
  if (!isObject(meta) || own === null || isObject(own.meta)) return text;
  return withValue(text, ["meta"], meta);
}

/** Null when it is no valid configuration. */
function objectOf(text: string): Record<string, unknown> | null {
  try {
    return parseJson5Object(text);
  } catch {
    return null;
  }
}
