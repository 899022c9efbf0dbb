import { createHash } from "node:crypto";

/** Identifies a text, so that a save can detect conflicting changes. */
export function revisionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
