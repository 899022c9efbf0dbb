import { isObject } from "../is-object.ts";
import type { Path } from "./locate.ts";
import { membersOf, type Part, partsAt } from "./schema-parts.ts";

/** The facts that a schema has about a key, for people. */
export interface KeyFacts {
  title: string | null;
  description: string | null;
  /** JSON's names of the kinds of values that may stand there, beyond `values`. */
  kinds: readonly string[];
  /** The single values that may stand there. */
  values: readonly unknown[];
  /** Undefined without one. */
  default: unknown;
}

/** A key that an object may have. */
export interface KnownKey extends KeyFacts {
  key: string;
  isRequired: boolean;
}

/** What the schema says of the value at `path`; null where it knows none. */
export function factsAt(schema: Part, path: Path): KeyFacts | null {
  const parts = partsAt(schema, path);
  return parts.length === 0 ? null : factsOf(parts);
}

/** The keys that the object at `path` may have, in the schema's order. */
export function keysAt(schema: Part, path: Path): KnownKey[] {
  const parts = partsAt(schema, path);
  const required = new Set(parts.flatMap((part) => listOf(part.required)));
  const known = [...membersOf(schema, parts)].map(
    ([key, member]): KnownKey => ({ key, isRequired: required.has(key), ...factsOf(member) }),
  );
  const named = parts.flatMap(({ propertyNames }) =>
    isObject(propertyNames) ? valuesOf(partsAt(propertyNames, [])) : [],
  );
  const others = named.filter(
    (key) => typeof key === "string" && !known.some((each) => each.key === key),
  );
  return [...known, ...others.map(String).map((key) => nameOnly(schema, path, key))];
}

function nameOnly(schema: Part, path: Path, key: string): KnownKey {
  return { key, isRequired: false, ...factsOf(partsAt(schema, [...path, key])) };
}

function factsOf(parts: readonly Part[]): KeyFacts {
  const values = valuesOf(parts);
  const text = (keyword: string) =>
    parts.map((part) => part[keyword]).find((each) => typeof each === "string") ?? null;
  return {
    title: text("title"),
    description: text("description"),
    kinds: [...new Set(parts.flatMap(kindsOf))],
    values,
    default: parts.find((part) => Object.hasOwn(part, "default"))?.default,
  };
}

/** Kinds that have only these values. */
const VALUES_OF_KIND = new Map<string, readonly unknown[]>([
  ["boolean", [true, false]],
  ["null", [null]],
]);

/** Those that some part allows by themselves. */
function valuesOf(parts: readonly Part[]): unknown[] {
  const values = parts.flatMap(
    (part) => namedIn(part) ?? typesOf(part).flatMap((type) => VALUES_OF_KIND.get(type) ?? []),
  );
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** Kinds of which more values may stand there than can be listed. */
function kindsOf(part: Part): string[] {
  return namedIn(part) ? [] : typesOf(part).filter((type) => !VALUES_OF_KIND.has(type));
}

/** Null when the part does not say its values one by one. */
function namedIn(part: Part): readonly unknown[] | null {
  if (Object.hasOwn(part, "const")) return [part.const];
  return Array.isArray(part.enum) ? part.enum : null;
}

const typesOf = ({ type }: Part): string[] => listOf(typeof type === "string" ? [type] : type);

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
