import { DomainError } from "@claw/core/errors";

export const backupFileMissing = (cause?: unknown): DomainError =>
  new DomainError(
    "BACKUP_NOT_FOUND",
    "The file of this backup is not in the backup folder any more. Put it back, or delete the backup from the list.",
    { cause },
  );
