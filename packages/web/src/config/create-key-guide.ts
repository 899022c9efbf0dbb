import { createEffect, createSignal, on } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { ConfigState } from "./create-config.ts";
import type { KeyGuide } from "./key-guide.ts";
import { loadSchema } from "./load-schema.ts";

/** What the editor knows of the keys of a configuration, as far as it has been read. */
export function createKeyGuide(config: ConfigState): () => KeyGuide {
  const api = useApi();
  const [schema, setSchema] = createSignal<KeyGuide["schema"]>(null);

  async function load(key: string | null) {
    try {
      const loaded = key === null ? null : await loadSchema(api, key);
      if (config.checks.schema() === key) setSchema(loaded);
    } catch {
      // Without it the editor offers no keys; what is wrong the panel says all the same.
      setSchema(null);
    }
  }

  createEffect(on(config.checks.schema, (key) => void load(key)));
  return () => ({ schema: schema(), managed: config.managed.keys() });
}
