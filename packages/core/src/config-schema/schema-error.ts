import type { Path } from "./locate.ts";

/** An error as a validator of JSON Schema reports it; ajv's have this form. */
export interface SchemaError {
  /** JSON pointer into the value. */
  instancePath: string;
  /** Place of the keyword in the schema. */
  schemaPath: string;
  keyword: string;
  params: Readonly<Record<string, unknown>>;
  message?: string;
  /** Set when the error is about this key of the value rather than about the value. */
  propertyName?: string;
}

export const isUnion = ({ keyword }: SchemaError) => keyword === "anyOf" || keyword === "oneOf";

export function pathOf({ instancePath }: Pick<SchemaError, "instancePath">): Path {
  return instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
