import { locate } from "@claw/core/config-schema/locate";
import { isOpening, skipBlank, tokenEnd } from "@claw/core/json5-tokens";
import type { ManagedKey } from "@claw/core/managed-keys";
import type { Diagnostic } from "@codemirror/lint";
import { wrongWords } from "./managed-words.ts";

/** Marks the panel's keys that have another value, or the key of the object that lacks one. */
export function managedWarnings(text: string, wrong: readonly ManagedKey[]): Diagnostic[] {
  return wrong.map((key) => {
    const way = locate(
      text,
      key.path.map((_, depth) => key.path.slice(0, depth + 1)),
    );
    const itself = way.at(-1);
    const isShort = itself && !isOpening(text[itself.value]);
    const around = way.findLast((place) => place !== null);
    const from = isShort ? itself.value : (around?.key ?? skipBlank(text, 0));
    return { from, to: tokenEnd(text, from), severity: "warning", message: wrongWords(key) };
  });
}
