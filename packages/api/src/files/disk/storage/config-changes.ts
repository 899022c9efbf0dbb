import { watch } from "node:fs/promises";

/** Names of OpenClaw's own copies of the file, such as `openclaw.json.bak`, begin the same. */
const NAME = "openclaw.json";

/** Reports each actual or possible change of a configuration in `folder`. */
export async function* configChanges(folder: string, signal: AbortSignal): AsyncGenerator<void> {
  try {
    for await (const { filename } of watch(folder, { signal }))
      if (filename === null || filename.startsWith(NAME)) yield;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
