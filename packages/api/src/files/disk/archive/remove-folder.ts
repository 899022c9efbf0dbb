import { rename } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { lstatOrNull, namesIn } from "../folders.ts";
import { isRestOf, removingName } from "./places.ts";
import { runTask } from "./worker/run-task.ts";

/**
 * Removes a folder of ours and all in it; no-op when there is none. It is renamed first, so that
 * what is half removed is never taken for a whole one. Throws while anything of it is left, also
 * of an earlier try: to call it again goes on with that.
 */
export async function removeFolder(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  if ((await lstatOrNull(folder)) !== null)
    await rename(folder, path.join(parent, removingName(folder)));
  for (const name of await namesIn(parent))
    if (isRestOf(name, folder)) await runTask("remove", { folder: path.join(parent, name) });
}

/** Goes on with a removal that was cut short. Resolves with why something of it is still there. */
export async function removeRest(folder: string): Promise<DomainError | null> {
  try {
    await runTask("remove", { folder });
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
