import type { InstanceId } from "@claw/core/instance";
import { isRestoreTestId } from "@claw/core/naming";
import type { ObservedContainer } from "@claw/core/status";

/** Containers with our label but no spec: reported, never touched. */
export function createOrphans(isKnown: (id: InstanceId) => boolean) {
  const orphans = new Map<InstanceId, string>();
  /** Restore tests are handled by their job. */
  const isOrphan = (id: InstanceId) => !isKnown(id) && !isRestoreTestId(id);
  return {
    /** Notes all containers that there are. */
    replace(containers: ReadonlyMap<InstanceId, ObservedContainer>): void {
      orphans.clear();
      for (const [id, { containerId }] of containers)
        if (isOrphan(id)) orphans.set(id, containerId);
    },
    /** Notes the container of one id, or that there is none. True when this changes something. */
    note(id: InstanceId, observed: ObservedContainer | null): boolean {
      const before = orphans.get(id);
      if (observed !== null && isOrphan(id)) orphans.set(id, observed.containerId);
      else orphans.delete(id);
      return orphans.get(id) !== before;
    },
    list: (): { id: InstanceId; container: string }[] =>
      [...orphans].map(([id, container]) => ({ id, container })),
  };
}
