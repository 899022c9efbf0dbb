import { createEffect, createSignal, on } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { ConfigState } from "./create-config.ts";
import type { KeyGuide } from "./key-guide.ts";
import { loadSchema } from "./load-schema.ts";

/** What the editor knows of the keys of a configuration, as far as it has been read. */
export function createKeyGuide(config: ConfigState): () => KeyGuide {
  const api = useApi();
  const [schema, setSchema] = createSignal<KeyGuide["schema"]>(null);

  /** The key of the schema that is there, or under way. */
  let current: string | null = null;

  async function load(key: string | null) {
    if (key === current) return;
    current = key;
    try {
      const loaded = key === null ? null : await loadSchema(api, key);
      if (current === key) setSchema(loaded);
    } catch {
      if (current !== key) return;
      // Without it the editor offers no keys until the panel answers again; what is wrong the panel
      // says all the same.
      current = null;
      setSchema(null);
    }
  }

  createEffect(on([config.checks.schema, config.checks.answers], ([key]) => void load(key)));
  return () => ({ schema: schema(), managed: config.managed.keys() });
}
