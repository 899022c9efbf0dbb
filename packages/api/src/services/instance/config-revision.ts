import { createHash } from "node:crypto";
import { DomainError } from "@claw/core/errors";

/** Identifies a text, so that a save can detect conflicting changes. */
export function revisionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The text is no longer the one from which the new one was made. */
export function revisionMismatch(): DomainError {
  return new DomainError(
    "REVISION_MISMATCH",
    "The configuration was changed by someone else, or by OpenClaw itself, since you opened it. Compare the two and save again; nothing was overwritten.",
  );
}
