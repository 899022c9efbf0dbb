import { DomainError } from "../errors.ts";

/** The error for an untrustworthy archive; `what` completes "…: it ends too early". */
export function archiveInvalid(what: string, options: { cause?: unknown } = {}): DomainError {
  return new DomainError(
    "ARCHIVE_INVALID",
    `This backup cannot be trusted: ${what}. Use another copy of the file, or another backup.`,
    options,
  );
}

/** The error for an archive of a later format. */
export function archiveTooNew(version: number, known: number): DomainError {
  return new DomainError(
    "ARCHIVE_INVALID",
    `This backup has format ${version}, and this panel reads formats up to ${known}. Update the panel to read it.`,
  );
}
