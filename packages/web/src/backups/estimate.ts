import type { Backup } from "../api/client.ts";

/**
 * Bytes that a backup of these instances would copy, going by the newest backup of each; `known` is
 * how many of them have one. `backups` come newest first.
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
