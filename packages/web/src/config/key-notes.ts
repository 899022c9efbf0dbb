import { keyEffect } from "@claw/core/config-effect";
import { factsAt, type KeyFacts } from "@claw/core/config-schema/key-facts";
import { docsPage } from "@claw/core/docs-page";
import { DomainError } from "@claw/core/errors";
import { parseJson5Object } from "@claw/core/json5-edit";
import type { ManagedFor } from "@claw/core/managed-keys";
import type { EditorState } from "@codemirror/state";
import { guide } from "./key-guide.ts";
import { managedAt } from "./managed-words.ts";

/** The notes on one key. */
export interface KeyNotes {
  path: readonly string[];
  facts: KeyFacts | null;
  effect: ReturnType<typeof keyEffect>;
  managed: ManagedFor | null;
  page: string | null;
}

/** Null for a key of which nothing is known. */
export function notesAt(state: EditorState, path: readonly string[]): KeyNotes | null {
  const { schema, managed } = state.field(guide);
  const facts = schema && path.length > 0 ? factsAt(schema, path) : null;
  const why = managedAt(managed, path)?.why ?? null;
  if (facts === null && why === null) return null;
  const effect = keyEffect(path, objectOf(state.doc.toString()));
  return { path, facts, effect, managed: why, page: docsPage(path) };
}

/** Empty while the text is none. */
function objectOf(text: string): object {
  try {
    return parseJson5Object(text);
  } catch (error) {
    if (error instanceof DomainError) return {};
    throw error;
  }
}
