import { rename } from "node:fs/promises";
import path from "node:path";
import { lstatOrNull } from "../folders.ts";
import { removingName } from "./places.ts";
import { runTask } from "./worker/run-task.ts";

/**
 * Removes a folder of ours and all in it; no-op when there is none. It is renamed first, so that
 * what a crash leaves half-removed is never taken for a whole one.
 */
export async function removeFolder(folder: string): Promise<void> {
  if ((await lstatOrNull(folder)) === null) return;
  const away = path.join(path.dirname(folder), removingName(folder));
  await rename(folder, away);
  await runTask("remove", { folder: away });
}
