import json5 from "json5";
import { parseJson5Object } from "./json5-edit.ts";

/** What OpenClaw writes about the file itself. */
const ABOUT_THE_FILE = new Set(["meta", "wizard"]);

/**
 * True when `now` no longer says what `saved` said, or says again what `saved` left out of
 * `before`: the file was put back, or written over. What OpenClaw adds, and that it drops comments
 * when it writes the file itself, is neither.
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

/** Null when it is no configuration. */
function objectOf(text: string): Record<string, unknown> | null {
  try {
    return parseJson5Object(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
