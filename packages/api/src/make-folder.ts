import fs from "node:fs";
import path from "node:path";

/**
 * Makes a folder with those above it; one that is there is fine. Node's own `recursive` tries for
 * ever where making a folder fails as if the one above it were missing, as it does in /proc.
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

/** Of an error of the operating system, e.g. ENOSPC; else empty. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
