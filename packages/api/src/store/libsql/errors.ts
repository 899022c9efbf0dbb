import { DomainError } from "@claw/core/errors";
import { LibsqlError } from "@libsql/client";

/** Throws the meaning of a failed write: drizzle wraps the driver's error as its `cause`. */
export function writeError(thrown: unknown): never {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof DomainError) throw error;
    if (error instanceof LibsqlError) throw translate(error);
  }
  throw thrown;
}

function translate(error: LibsqlError): Error {
  const text = error.message;
  if (/UNIQUE|PRIMARY KEY/.test(text) && text.includes("instances.port"))
    return new DomainError("PORT_TAKEN", "Another instance has this port. Choose another one.", {
      cause: error,
    });
  if (/UNIQUE|PRIMARY KEY/.test(text) && text.includes("instances.id"))
    return new DomainError("INSTANCE_EXISTS", "There is an instance with this id already.", {
      cause: error,
    });
  if (/UNIQUE/.test(text) && text.includes("users.username"))
    return new DomainError("USER_EXISTS", "There is a user of this name already.", {
      cause: error,
    });
  if (/UNIQUE/.test(text) && text.includes("templates.name_key"))
    return new DomainError(
      "TEMPLATE_EXISTS",
      "There is a template of this name already. Choose another name.",
      { cause: error },
    );
  if (isFull(error))
    return new DomainError(
      "DISK_FULL",
      "The disk that holds the panel's home (CLAW_HOME) is full. Delete backups or instances with their data, or make room there by hand, then try again.",
      { cause: error },
    );
  return error;
}

/** SQLite's error when the file of its shared memory could not grow. */
const IOERR_SHMSIZE = 4874;

/** True when a write failed for lack of space. */
export function isDiskFull(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause)
    if (error instanceof LibsqlError && isFull(error)) return true;
  return false;
}

function isFull({ code, rawCode }: LibsqlError): boolean {
  return code.includes("FULL") || rawCode === IOERR_SHMSIZE;
}
