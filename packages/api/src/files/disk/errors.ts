import { DomainError, messageOf } from "@claw/core/errors";

const FULL = new Set(["ENOSPC", "EDQUOT"]);
const DENIED = new Set([
  "EACCES",
  "EPERM",
  "EROFS",
  "ENOTDIR",
  "EEXIST",
  "ELOOP",
  "EISDIR",
  "EBUSY",
  "ENOTREG",
]);

/** What an error of the file system means for the panel; anything else is passed on. */
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

/** Runs `action` with errors of the file system translated. */
export async function translated<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw fileError(error);
  }
}
