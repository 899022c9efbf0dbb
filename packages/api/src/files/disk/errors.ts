import { getSystemErrorMessage } from "node:util";
import { DomainError, messageOf } from "@claw/core/errors";

const FULL = new Set(["ENOSPC", "EDQUOT"]);
const FORBIDDEN = new Set(["EACCES", "EPERM"]);
const DENIED = new Set([
  ...FORBIDDEN,
  "EROFS",
  "ENOTDIR",
  // Windows' error for a file in place of a folder.
  "ENOENT",
  "EEXIST",
  "ELOOP",
  "EISDIR",
  "EBUSY",
  "ENOTREG",
]);

/** Translates a file system error for the panel; passes on anything else. */
export function fileError(thrown: unknown): unknown {
  if (thrown instanceof DomainError || !(thrown instanceof Error) || !("code" in thrown))
    return thrown;
  const code = String(thrown.code);
  if (FULL.has(code))
    return new DomainError("DISK_FULL", "The disk is full. Free some space and try again.", {
      cause: thrown,
    });
  if (DENIED.has(code))
    return new DomainError(
      "FILES_DENIED",
      `The panel cannot use its files: ${messageOf(thrown)}. Give the user that runs the panel access to this path and try again.`,
      { cause: thrown },
    );
  return thrown;
}

/**
 * Runs a read or change of one file or folder of an instance. File system errors then name its path
 * in the instance: the path by which it was opened may be known only to this process.
 */
export function nameFileError<T>(shown: () => string, what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw namedFileError(shown(), what, error);
  }
}

/**
 * The error of one file or folder, such as `instances/anna/data/x cannot be read: permission
 * denied.`
 */
export function namedFileError(shown: string, what: string, thrown: unknown): unknown {
  const translated = fileError(thrown);
  if (translated instanceof DomainError && translated.reason !== "FILES_DENIED") return translated;
  if (thrown instanceof DomainError || !(thrown instanceof Error) || !("code" in thrown))
    return translated;
  const advice = FORBIDDEN.has(String(thrown.code))
    ? "Give the user that runs the panel access to it, or remove it, and try again."
    : "Look at it on the host, move it away if nobody needs it, and try again.";
  return new DomainError(
    "FILES_DENIED",
    `${shown} cannot be ${what}: ${whyOf(thrown)}. ${advice}`,
    {
      cause: thrown,
    },
  );
}

/** The system's own words, without the path that Node's errors repeat. */
function whyOf(error: Error & { errno?: unknown; code?: unknown }): string {
  if (typeof error.errno !== "number") return error.message;
  return `${getSystemErrorMessage(error.errno)} (${error.code})`;
}

/** Runs `action` with file system errors translated. */
export async function translated<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw fileError(error);
  }
}
