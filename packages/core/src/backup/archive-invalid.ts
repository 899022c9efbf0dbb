import { DomainError } from "../errors.ts";

/** The error of an archive that cannot be trusted; `what` is the rest of "…: it ends too early". */
export function archiveInvalid(what: string, options: { cause?: unknown } = {}): DomainError {
  return new DomainError(
    "ARCHIVE_INVALID",
    `This backup cannot be trusted: ${what}. Use another copy of the file, or another backup.`,
    options,
  );
}

/** The error of an archive that only a later panel can read. */
export function archiveTooNew(version: number, known: number): DomainError {
  return new DomainError(
    "ARCHIVE_INVALID",
    `This backup has format ${version}, and this panel reads formats up to ${known}. Update the panel to read it.`,
  );
}
