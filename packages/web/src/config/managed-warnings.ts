import { tokenEnd } from "@claw/core/json5-tokens";
import { managedOffsets } from "@claw/core/managed-issues";
import type { ManagedKey } from "@claw/core/managed-keys";
import type { Diagnostic } from "@codemirror/lint";
import { wrongWords } from "./managed-words.ts";

/** Marks the panel's keys that have another value, or the key of the object that lacks one. */
export function managedWarnings(text: string, wrong: readonly ManagedKey[]): Diagnostic[] {
  const offsets = managedOffsets(text, wrong);
  return wrong.map((key, at) => {
    const from = offsets[at] ?? 0;
    return { from, to: tokenEnd(text, from), severity: "warning", message: wrongWords(key) };
  });
}
