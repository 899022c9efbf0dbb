import { createSignal } from "solid-js";
import type { StoredConfig } from "./create-config-text.ts";

/** The text that others have stored meanwhile, beside the editor's `text`. */
export function createConfigConflict(text: () => string) {
  const [theirs, setTheirs] = createSignal<StoredConfig>();
  /** The text when the conflict was found. */
  const [mine, setMine] = createSignal<string>();
  return {
    /** Unset without a conflict. */
    theirs,
    /** Whether the text has changed since the conflict was found. */
    merged: () => theirs() !== undefined && text() !== mine(),
    meet(file: StoredConfig) {
      setMine(text());
      setTheirs(file);
    },
    end: () => setTheirs(undefined),
  };
}
