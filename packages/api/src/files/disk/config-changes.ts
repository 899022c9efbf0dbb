import { watch } from "node:fs/promises";

/** What OpenClaw keeps beside its file, as `openclaw.json.bak`, begins with the same name. */
const NAME = "openclaw.json";

/** Tells each time that something was done to a configuration, or may have been, in `folder`. */
export async function* configChanges(folder: string, signal: AbortSignal): AsyncGenerator<void> {
  try {
    for await (const { filename } of watch(folder, { signal }))
      if (filename === null || filename.startsWith(NAME)) yield;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
