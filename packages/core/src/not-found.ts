import { DomainError } from "./errors.ts";

// One sentence each: a hidden object must not differ from a missing one.

export function instanceNotFound(id: string): DomainError {
  return new DomainError("INSTANCE_NOT_FOUND", `There is no instance ${id}.`);
}

export function configMissing(id: string): DomainError {
  return new DomainError(
    "CONFIG_MISSING",
    `The instance ${id} has no openclaw.json. Restore a backup, or delete the instance with its data and create it again.`,
  );
}

export function configVersionNotFound(id: string, version: number): DomainError {
  return new DomainError(
    "CONFIG_VERSION_NOT_FOUND",
    `The configuration of ${id} has no version ${version} any more. Load its history again.`,
  );
}

export function jobNotFound(id: string): DomainError {
  return new DomainError("JOB_NOT_FOUND", `There is no job ${id}.`);
}

export function backupNotFound(): DomainError {
  return new DomainError(
    "BACKUP_NOT_FOUND",
    "There is no such backup any more. Load the list of backups again.",
  );
}

export function templateNotFound(id: string): DomainError {
  return new DomainError(
    "TEMPLATE_NOT_FOUND",
    `There is no template ${id} any more. Choose another one.`,
  );
}
