import { rename } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { translated } from "../errors.ts";
import { lstatOrNull, namesIn } from "../folders.ts";
import { isRestOf, removingName } from "../places.ts";
import { runTask } from "../worker/run-task.ts";

/**
 * Removes one of our folders; no-op when there is none. Renames it first, so that a half-removed
 * folder is never taken for a complete one. Throws while anything is left, also of an earlier
 * attempt; call it again to continue.
 */
export async function removeFolder(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  if ((await lstatOrNull(folder)) !== null)
    await rename(folder, path.join(parent, removingName(folder)));
  for (const name of await namesIn(parent))
    if (isRestOf(name, folder)) await runTask("remove", { folder: path.join(parent, name) });
}

/** Continues an interrupted removal. Resolves with the reason why something remains. */
export async function removeRest(folder: string): Promise<DomainError | null> {
  try {
    await runTask("remove", { folder });
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** Makes a folder anew; removes it when that fails. */
export async function making<T>(folder: string, make: () => Promise<T>): Promise<T> {
  await translated(() => removeFolder(folder));
  try {
    return await make();
  } catch (error) {
    await translated(() => removeFolder(folder));
    throw error;
  }
}
