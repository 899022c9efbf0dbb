import { isObject } from "../is-object.ts";

type Schema = Record<string, unknown>;

/** An object with definitions, and the JSON pointer to it. */
interface Holder {
  pointer: string;
  schema: Schema;
}

/** Keywords whose value maps names, of any spelling, to schemas. */
const NAMED_SCHEMAS = new Set(
  "properties patternProperties $defs definitions dependentSchemas".split(" "),
);
/** Keywords whose value is data, whatever it looks like. */
const DATA = new Set(["const", "enum", "default", "examples"]);

const DEFINITION = /^#\/(\$defs|definitions)\/([^/]+)/;

/**
 * The schema of openclaw.json as a validator can use it: OpenClaw copies the schemas of its plugins
 * into its own, but their references still start at the root (nine of them in 2026.9.6). Such a
 * reference is led to the nearest definitions around it; one that leads nowhere accepts anything,
 * so that the rest can still be checked. `$schema`, which the gateway allows, is allowed. A key
 * with a default is not required, though OpenClaw lists it: the gateway puts it in before it checks.
 */
export function prepareSchema(schema: unknown): Schema {
  const prepared = repaired(isObject(schema) ? schema : {}, "#", []);
  const properties = isObject(prepared.properties) ? prepared.properties : {};
  return { ...prepared, properties: { $schema: { type: "string" }, ...properties } };
}

function repaired(schema: Schema, pointer: string, around: readonly Holder[]): Schema {
  // With an id of its own, a schema is what its references start at.
  if (pointer !== "#" && typeof schema.$id === "string") return schema;
  const holders = schema.$defs || schema.definitions ? [...around, { pointer, schema }] : around;
  const entries = Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
    const at = `${pointer}/${segment(keyword)}`;
    if (keyword === "$ref" && typeof value === "string") {
      const ref = ledTo(value, holders);
      return ref === null ? [] : [[keyword, ref]];
    }
    if (DATA.has(keyword)) return [[keyword, value]];
    if (keyword === "required" && Array.isArray(value))
      return [[keyword, value.filter((name) => !hasDefault(schema, name))]];
    if (!NAMED_SCHEMAS.has(keyword) || !isObject(value))
      return [[keyword, within(value, at, holders)]];
    const named = Object.entries(value).map(([name, each]) => [
      name,
      within(each, `${at}/${segment(name)}`, holders),
    ]);
    return [[keyword, Object.fromEntries(named)]];
  });
  return Object.fromEntries(entries);
}

function hasDefault({ properties }: Schema, name: unknown): boolean {
  const property = isObject(properties) && typeof name === "string" ? properties[name] : null;
  return isObject(property) && Object.hasOwn(property, "default");
}

/** A schema, a list of them, or anything else, which stays as it is. */
function within(value: unknown, pointer: string, holders: readonly Holder[]): unknown {
  if (Array.isArray(value))
    return value.map((each, at) => within(each, `${pointer}/${at}`, holders));
  return isObject(value) ? repaired(value, pointer, holders) : value;
}

/** Null when no definition of that name is around. */
function ledTo(ref: string, holders: readonly Holder[]): string | null {
  const found = DEFINITION.exec(ref);
  if (!found) return ref;
  const [, keyword = "", name = ""] = found;
  const holder = holders.findLast(({ schema }) => {
    const definitions = schema[keyword];
    return isObject(definitions) && Object.hasOwn(definitions, nameOf(name));
  });
  return holder ? holder.pointer + ref.slice(1) : null;
}

/** A name as it stands in a pointer that is part of an address, and back. */
const segment = (name: string) =>
  encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
const nameOf = (part: string) =>
  decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
