import type { StorageHandle, Workload } from "../workload.ts";

/** Interval of a restore test's health check in seconds; short, because a user waits for it. */
const TRIAL_INTERVAL = 3;

/**
 * The workload of a restore test: the template's, but with what lies at `staged` instead of the
 * instance's own data, without a network and without automatic restarts.
 */
export function restoreTestWorkload(workload: Workload, staged: StorageHandle): Workload {
  const own = `instances/${workload.id}`;
  return {
    ...workload,
    published: [],
    network: null,
    restart: "no",
    health: { ...workload.health, intervalSeconds: TRIAL_INTERVAL },
    mounts: workload.mounts.map((mount) => {
      const handle = "storage" in mount.source ? mount.source.storage : "";
      return handle === own || handle.startsWith(`${own}/`)
        ? { ...mount, source: { storage: staged + handle.slice(own.length) } }
        : mount;
    }),
  };
}
