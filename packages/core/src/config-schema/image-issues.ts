import type { ConfigIssue } from "../config-views.ts";
import { isObject } from "../is-object.ts";
import { HAS_VARIABLE, valueAt } from "../openclaw-config.ts";
import { placesIn } from "../text-places.ts";
import { locate, type Path } from "./locate.ts";

/** What OpenClaw itself says of a configuration: its keys joined by dots, or `<root>`. */
export interface Complaint {
  path: string;
  message: string;
}

interface Placed {
  /** To the value that it is about. */
  path: Path;
  /** The last part of `path` is a key that should not be there. */
  isKey: boolean;
  issue: { path: string; message: string };
}

/**
 * OpenClaw's complaints as issues at their lines; `value` is what `text` says. What it says of a
 * variable is left out: only the instance knows what that leads to.
 */
export function imageIssues(
  text: string,
  value: unknown,
  complaints: readonly Complaint[],
): ConfigIssue[] {
  const placed = complaints
    .flatMap((complaint) => placedIn(value, complaint))
    .filter(({ path }) => !isVariable(valueAt(value, path)));
  const places = locate(
    text,
    placed.map(({ path }) => path),
  );
  const lineOf = placesIn(text);
  const issues = placed.map(({ issue, isKey }, at): ConfigIssue => {
    const place = places[at];
    const offset = isKey ? (place?.key ?? place?.value) : place?.value;
    return { ...lineOf(offset ?? 0), ...issue, source: "image" };
  });
  return issues.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** True when a part of the configuration lies in another file. */
export function hasInclude(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasInclude);
  if (!isObject(value)) return false;
  return Object.hasOwn(value, "$include") || Object.values(value).some(hasInclude);
}

const isVariable = (value: unknown) => typeof value === "string" && HAS_VARIABLE.test(value);

/** One for each key that it names. */
function placedIn(value: unknown, { path: dotted, message }: Complaint): Placed[] {
  const parts = dotted === "" || dotted === "<root>" ? [] : dotted.split(".");
  const path = nearest(value, parts);
  const issue = { path: parts.join("."), message };
  const there = valueAt(value, path);
  const unknown =
    message.startsWith("Unrecognized key") && isObject(there)
      ? Object.keys(there).filter((key) => message.includes(`"${key}"`))
      : [];
  if (unknown.length === 0) return [{ path, isKey: false, issue }];
  return unknown.map((key) => ({
    path: [...path, key],
    isKey: true,
    issue: { ...issue, message: `Unrecognized key: ${key}` },
  }));
}

/** The path of the value at `parts`, or of what lies around it where that is not there. */
function nearest(value: unknown, parts: readonly string[]): Path {
  for (let length = parts.length; length > 0; length--) {
    const found = follow(value, parts.slice(0, length));
    if (found) return found;
  }
  return [];
}

/** Keys may have dots in them: those that are there decide. */
function follow(value: unknown, parts: readonly string[]): Path | null {
  if (parts.length === 0) return [];
  if (value === null || typeof value !== "object") return null;
  for (let length = 1; length <= parts.length; length++) {
    const key = parts.slice(0, length).join(".");
    if (!Object.hasOwn(value, key)) continue;
    const rest = follow(valueAt(value, [key]), parts.slice(length));
    if (rest) return [key, ...rest];
  }
  return null;
}
