import type { BatchResult, MadeInstance } from "./batch.ts";

/** The instances that a batch has created or begun to create, also if a crash cut it off, by id. */
export function madeBy({ results, making = [] }: BatchResult): Map<string, MadeInstance> {
  const made = new Map<string, MadeInstance>();
  for (const { id, uid, hadData } of [...results, ...making])
    if (uid !== undefined) made.set(id, { uid, ...(hadData && { hadData }) });
  return made;
}
