import { chmod, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { lstatOrNull } from "../folders.ts";
import { removingName } from "./places.ts";

/**
 * Removes a folder of ours and all in it; no-op when there is none. It is renamed first, so that
 * what a crash leaves half-removed is never taken for a whole one.
 */
export async function removeFolder(folder: string): Promise<void> {
  if ((await lstatOrNull(folder)) === null) return;
  const away = path.join(path.dirname(folder), removingName(folder));
  await rename(folder, away);
  try {
    await rm(away, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EACCES" && code !== "EPERM") throw error;
    await makeWritable(away);
    await rm(away, { recursive: true });
  }
}

/** Folders that their owner may not write to come out of an instance as they are. */
async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await makeWritable(path.join(folder, entry.name));
}
