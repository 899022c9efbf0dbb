import { prepareSchema } from "@claw/core/config-schema/prepare-schema";
import type { Part } from "@claw/core/config-schema/schema-parts";
import type { Api } from "../api/client.ts";

/** The last one: most instances have the same image, and one takes some megabytes. */
let last: { key: string; schema: Promise<Part> } | null = null;

/** The schema that the panel serves under `key`, ready to be asked. Rejects when it cannot be had. */
export function loadSchema(api: Pick<Api, "readSchema">, key: string): Promise<Part> {
  if (last?.key === key) return last.schema;
  const loading = { key, schema: api.readSchema(key).then(prepareSchema) };
  last = loading;
  loading.schema.catch(() => {
    if (last === loading) last = null;
  });
  return loading.schema;
}
