import { link, rename, rm } from "node:fs/promises";
import path from "node:path";
import { syncFolder } from "../atomic-file.ts";
import { lstatOrNull } from "../folders.ts";

/** Errors of disks without hard links. */
const NO_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/**
 * Gives a complete file its name, durably; throws with EEXIST when the name is taken, and never
 * replaces a file.
 */
export async function publish(partial: string, file: string): Promise<void> {
  try {
    await link(partial, file);
    await rm(partial);
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    await requireFree(file);
    await rename(partial, file);
  }
  await syncFolder(path.dirname(file));
}

/** Throws with EEXIST when the name is taken. */
export async function requireFree(file: string): Promise<void> {
  if ((await lstatOrNull(file)) === null) return;
  throw Object.assign(new Error(`${file} is there already`), { code: "EEXIST" });
}
