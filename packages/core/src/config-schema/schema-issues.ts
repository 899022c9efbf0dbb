import type { ConfigIssue } from "../config-views.ts";
import { isObject } from "../is-object.ts";
import { HAS_VARIABLE, valueAt } from "../openclaw-config.ts";
import { placesIn } from "../text-places.ts";
import { type Located, locate, type Path } from "./locate.ts";
import { isUnion, pathOf, type SchemaError } from "./schema-error.ts";
import { type SettledError, settleUnions } from "./unions.ts";
import { wordsOf, wrongKeyOf } from "./words.ts";

/** More errors than this in one text say that it is no configuration of OpenClaw. */
const MOST_ERRORS = 1_000;

/**
 * The errors of a validator as issues at their lines: under the key that should not be there, or
 * under the value that is wrong. `value` is what `text` says; `errors` are all that were found.
 */
export function schemaIssues(
  text: string,
  value: unknown,
  errors: readonly SchemaError[],
): ConfigIssue[] {
  const settled = settleUnions(errors.slice(0, MOST_ERRORS)).filter(
    (each) => !isResolvedLater(each, value),
  );
  const places = locate(text, settled.map(placeOf));
  const lineOf = placesIn(text);
  const issues = settled.map((each, at): ConfigIssue => {
    const path = pathOf(each.error);
    return {
      ...lineOf(offsetOf(each.error, places[at] ?? null)),
      path: path.join("."),
      message: wordsOf(each, valueAt(value, path)),
      source: "schema",
    };
  });
  return distinct(issues).toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function placeOf({ error }: SettledError): Path {
  const key = wrongKeyOf(error);
  return key === null ? pathOf(error) : [...pathOf(error), key];
}

/** What lacks something is marked at its name: it may be long. */
function offsetOf(error: SchemaError, place: Located | null): number {
  if (!place) return 0;
  const isAtKey = wrongKeyOf(error) !== null || "missingProperty" in error.params;
  return isAtKey ? (place.key ?? place.value) : place.value;
}

/**
 * The gateway puts in variables and included files before it checks, so that a schema cannot say
 * what they lead to.
 */
function isResolvedLater({ error, branches }: SettledError, value: unknown): boolean {
  const path = pathOf(error);
  const there = valueAt(value, path);
  if (typeof there === "string" && HAS_VARIABLE.test(there))
    return [error, ...branches].some((each) => each.keyword !== "type" && !isUnion(each));
  if (includes(there)) return (wrongKeyOf(error) ?? "$include") === "$include";
  const isMissing = "missingProperty" in error.params;
  return isMissing && path.some((_, depth) => includes(valueAt(value, path.slice(0, depth))));
}

const includes = (value: unknown) => isObject(value) && Object.hasOwn(value, "$include");

/** Branches of a schema may say the same. */
function distinct(issues: readonly ConfigIssue[]): ConfigIssue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
}
