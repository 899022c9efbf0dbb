import { watch } from "node:fs/promises";

/**
 * Watches a folder from the call on; the returned function waits until an entry with that prefix
 * was created, deleted or changed in it.
 */
export function firstChange(
  folder: string,
  beginning: string,
  signal: AbortSignal,
): () => Promise<void> {
  const changes = watch(folder, { signal })[Symbol.asyncIterator]();
  const first = (async () => {
    for (;;) {
      const { value, done } = await changes.next();
      if (done || value?.filename?.startsWith(beginning)) return;
    }
  })();
  first.catch(() => undefined);
  return () => first;
}
