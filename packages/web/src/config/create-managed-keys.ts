import { hasReason } from "@claw/core/errors";
import type { ManagedKey } from "@claw/core/managed-keys";
import { createSignal } from "solid-js";
import type { Api } from "../api/client.ts";
import { nameOf } from "./managed-words.ts";

/** The keys of one configuration that the panel sets, and what it has put right. */
export function createManagedKeys(api: Api, id: string) {
  const [keys, setKeys] = createSignal<readonly ManagedKey[]>([]);
  const [corrected, setCorrected] = createSignal<readonly string[]>([]);

  const [failure, setFailure] = createSignal<unknown>();

  async function read(): Promise<readonly ManagedKey[]> {
    const now = await api.trpc.instances.managedKeys.query({ id });
    setKeys(now);
    setFailure(undefined);
    return now;
  }

  return {
    keys,
    /** Names of the keys that were put right in the text as it is. */
    corrected,
    setCorrected,

    /** Why the panel could not tell the keys of now; a save asks again. */
    failure,

    async ask(): Promise<void> {
      await read().catch((error: unknown) => void setFailure(error));
    },

    /**
     * `text` with the panel's values of now, and the names of those that were others; null where
     * there is nothing to put right. A text that is no JSON5 is for the panel to refuse. Rejects
     * when the panel does not tell its keys.
     */
    async putRight(text: string): Promise<{ text: string; names: string[] } | null> {
      const [{ putRight, wrongKeys }, now] = await Promise.all([
        import("@claw/core/managed-keys"),
        read(),
      ]);
      try {
        const wrong = wrongKeys(text, now);
        if (wrong.length === 0) return null;
        return { text: putRight(text, wrong), names: wrong.map(nameOf) };
      } catch (error) {
        if (hasReason(error, "CONFIG_INVALID")) return null;
        throw error;
      }
    },
  };
}
