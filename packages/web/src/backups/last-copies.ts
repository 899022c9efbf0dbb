import type { Backup } from "../api/client.ts";

/** Instances of `backup` that no other good backup holds. */
export function lastCopies(backup: Backup, all: readonly Backup[]): Backup["instances"] {
  const elsewhere = new Set(
    all
      .filter((one) => one.id !== backup.id && one.fault === null)
      .flatMap((one) => one.instances.map(({ id }) => id)),
  );
  return backup.instances.filter(({ id }) => !elsewhere.has(id));
}
