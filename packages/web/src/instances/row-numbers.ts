import type { Instance } from "../api/client.ts";
import { statusSentence } from "../status/status-words.ts";

/** An error message gets a row of its own under the instance. */
export function errorSentence(instance: Instance): string | null {
  return instance.status === "error" ? statusSentence(instance) : null;
}

/**
 * For assistive technology: the row count of the whole table, and the row number of an instance.
 */
export function rowNumbers(instances: readonly Instance[]) {
  const first = new Map<string, number>();
  let count = 1;
  for (const instance of instances) {
    count += 1;
    first.set(instance.id, count);
    if (errorSentence(instance) !== null) count += 1;
  }
  return { count, of: (id: string) => first.get(id) };
}
