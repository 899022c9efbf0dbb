import { hasReason } from "@claw/core/errors";
import type { ManagedKey } from "@claw/core/managed-keys";
import { createSignal } from "solid-js";
import type { Api } from "../api/client.ts";
import { nameOf } from "./managed-words.ts";

/** The keys of one configuration that the panel sets, and what it has put right. */
export function createManagedKeys(api: Api, id: string) {
  const [keys, setKeys] = createSignal<readonly ManagedKey[]>([]);
  const [corrected, setCorrected] = createSignal<readonly string[]>([]);

  async function ask() {
    try {
      setKeys(await api.trpc.instances.managedKeys.query({ id }));
    } catch {
      // A panel that does not answer says so elsewhere, and takes no text either.
    }
  }

  return {
    keys,
    /** Names of the keys that were put right in the text as it is. */
    corrected,
    setCorrected,

    ask,

    /**
     * `text` with the panel's values of now, and the names of those that were others; null where
     * there is nothing to put right. A text that is no JSON5 is for the panel to refuse.
     */
    async putRight(text: string): Promise<{ text: string; names: string[] } | null> {
      const [{ putRight, wrongKeys }] = await Promise.all([
        import("@claw/core/managed-keys"),
        ask(),
      ]);
      try {
        const wrong = wrongKeys(text, keys());
        if (wrong.length === 0) return null;
        return { text: putRight(text, wrong), names: wrong.map(nameOf) };
      } catch (error) {
        if (hasReason(error, "CONFIG_INVALID")) return null;
        throw error;
      }
    },
  };
}
