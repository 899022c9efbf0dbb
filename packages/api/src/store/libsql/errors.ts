import { DomainError } from "@claw/core/errors";
import { LibsqlError } from "@libsql/client";

/** Throws what a failed write means: drizzle wraps the driver's error as its `cause`. */
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
  if (/FULL/.test(error.code))
    return new DomainError("DISK_FULL", "The disk is full. Free some space and try again.", {
      cause: error,
    });
  return error;
}
