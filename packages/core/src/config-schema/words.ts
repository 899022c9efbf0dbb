import { isObject } from "../is-object.ts";
import { isUnion, type SchemaError } from "./schema-error.ts";
import type { SettledError } from "./unions.ts";

/** The most alternatives that a message names. */
const MOST_NAMED = 12;

/** An error in plain words, as OpenClaw itself says it. `value` lies where the error does. */
export function wordsOf({ error, branches }: SettledError, value: unknown): string {
  if (isUnion(error)) return unionWords(branches, value);
  const { keyword, params } = error;
  switch (keyword) {
    case "additionalProperties":
    case "unevaluatedProperties":
    case "propertyNames":
      return `Unrecognized key: ${wrongKeyOf(error) ?? ""}`;
    case "required":
    case "dependentRequired":
    case "dependencies":
      return `Missing key: ${String(params.missingProperty)}`;
    case "type":
      return `Invalid input: expected ${listed(typesOf(error))}, received ${typeOf(value)}`;
    case "enum":
    case "const":
      return `Invalid input: expected ${listed(valuesOf(error).map(shown))}`;
    case "not":
    case "false schema":
      return "Invalid input: nothing may stand here";
    default:
      return `Invalid input: ${error.message ?? keyword}`;
  }
}

/** The key that should not be there; null when the error is about a value. */
export function wrongKeyOf({ keyword, params }: SchemaError): string | null {
  const key =
    keyword === "propertyNames"
      ? params.propertyName
      : (params.additionalProperty ?? params.unevaluatedProperty);
  return typeof key === "string" ? key : null;
}

function unionWords(branches: readonly SchemaError[], value: unknown): string {
  const expected = branches.flatMap((error) =>
    error.keyword === "type" ? typesOf(error) : valuesOf(error).map(shown),
  );
  if (expected.length === 0) return "Invalid input: it has none of the allowed forms";
  return `Invalid input: expected ${listed(expected)}, received ${typeOf(value)}`;
}

function typesOf({ params: { type } }: SchemaError): string[] {
  return Array.isArray(type) ? type.map(String) : String(type).split(",");
}

/** The allowed values of an error of keyword `enum` or `const`. */
function valuesOf({ params }: SchemaError): unknown[] {
  if ("allowedValue" in params) return [params.allowedValue];
  return Array.isArray(params.allowedValues) ? params.allowedValues : [];
}

/** `a, b or c`. */
function listed(words: readonly string[]): string {
  const different = [...new Set(words)];
  if (different.length > MOST_NAMED)
    return `one of ${different.slice(0, MOST_NAMED).join(", ")}, …`;
  const last = different.at(-1) ?? "nothing";
  return different.length < 2 ? last : `${different.slice(0, -1).join(", ")} or ${last}`;
}

const shown = (value: unknown) => JSON.stringify(value) ?? String(value);

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (value === null) return "null";
  return isObject(value) ? "object" : typeof value;
}
