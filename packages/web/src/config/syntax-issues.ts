import { DomainError, type Issue } from "@claw/core/errors";
import { parseJson5Object } from "@claw/core/json5-edit";

/** The panel's own check, so that saving refuses nothing that was accepted here. */
export function syntaxIssues(text: string): readonly Issue[] {
  try {
    parseJson5Object(text);
    return [];
  } catch (error) {
    if (error instanceof DomainError) return error.issues ?? [];
    throw error;
  }
}
