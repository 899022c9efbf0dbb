import { isObject } from "../is-object.ts";
import type { Path } from "./locate.ts";

/** A part of a schema that `prepareSchema` has prepared. */
export type Part = Readonly<Record<string, unknown>>;

/**
 * The parts of a schema that say something of the value at `path`: the outermost first, then what it
 * refers to and the branches of its unions, of which only a value could tell which one is meant.
 */
export function partsAt(root: Part, path: Path): readonly Part[] {
  let parts = spread(root, [root]);
  for (const key of path)
    parts = spread(
      root,
      parts.flatMap((part) => below(part, key)),
    );
  return parts;
}

/** The parts of each key that the objects at `parts` may have. */
export function membersOf(root: Part, parts: readonly Part[]): Map<string, readonly Part[]> {
  const members = new Map<string, Part[]>();
  for (const { properties } of parts)
    for (const [key, part] of isObject(properties) ? Object.entries(properties) : [])
      if (isObject(part)) members.set(key, [...(members.get(key) ?? []), part]);
  return new Map([...members].map(([key, each]) => [key, spread(root, each)]));
}

/** Each part once, with its branches and what it refers to; a circle of references ends. */
function spread(root: Part, parts: readonly Part[]): readonly Part[] {
  const found = new Set<Part>();
  const visit = (part: unknown) => {
    if (!isObject(part) || found.has(part)) return;
    found.add(part);
    if (typeof part.$ref === "string") visit(partOf(root, part.$ref));
    for (const keyword of ["anyOf", "oneOf", "allOf"]) {
      const branches = part[keyword];
      if (Array.isArray(branches)) branches.forEach(visit);
    }
  };
  parts.forEach(visit);
  return [...found];
}

/** What a part says of one of its members, whether it names it or not. */
function below(part: Part, key: string): Part[] {
  const { properties, additionalProperties, items, additionalItems } = part;
  const named = isObject(properties) && Object.hasOwn(properties, key) ? properties[key] : null;
  const isIndex = /^\d+$/.test(key);
  const item = Array.isArray(items) ? (items[Number(key)] ?? additionalItems) : items;
  return [named ?? additionalProperties, isIndex ? item : null].filter(isObject);
}

/** The part to which a reference leads: a JSON pointer, percent-encoded. */
function partOf(root: Part, ref: string): unknown {
  if (!ref.startsWith("#")) return null;
  let at: unknown = root;
  for (const segment of ref.slice(1).split("/").slice(1)) {
    const key = decodeURIComponent(segment).replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(at)) at = at[Number(key)];
    else at = isObject(at) && Object.hasOwn(at, key) ? at[key] : null;
  }
  return at;
}
