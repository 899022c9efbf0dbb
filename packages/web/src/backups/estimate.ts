import type { Backup } from "../api/client.ts";

/**
 * Estimated bytes of a backup of these instances, from the newest backup of each; `known` is the
 * number that have one. `backups` are sorted newest first.
 */
export function estimate(
  ids: readonly string[],
  backups: readonly Backup[],
): { bytes: number; known: number } {
  const sizes = new Map<string, number>();
  for (const backup of backups)
    for (const { id, bytes } of backup.instances) if (!sizes.has(id)) sizes.set(id, bytes);
  const known = ids.map((id) => sizes.get(id)).filter((bytes) => bytes !== undefined);
  return { bytes: known.reduce((sum, bytes) => sum + bytes, 0), known: known.length };
}
