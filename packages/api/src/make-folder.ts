import fs from "node:fs";
import path from "node:path";

/**
 * Creates a folder and its parents; existing ones are fine. Node's own `recursive` retries forever
 * where creation fails as if the parent were missing, as in /proc.
 */
export function makeFolder(folder: string, options: fs.MakeDirectoryOptions = {}): void {
  try {
    makeOne(folder, options);
  } catch (error) {
    const above = path.dirname(folder);
    if (codeOf(error) !== "ENOENT" || above === folder) throw error;
    makeFolder(above, options);
    makeOne(folder, options);
  }
}

function makeOne(folder: string, options: fs.MakeDirectoryOptions): void {
  try {
    fs.mkdirSync(folder, { ...options, recursive: false });
  } catch (error) {
    if (codeOf(error) === "EEXIST" && fs.statSync(folder).isDirectory()) return;
    throw error;
  }
}

/** Code of an operating system error, e.g. ENOSPC; otherwise empty. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
