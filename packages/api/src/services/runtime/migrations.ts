import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";

/** Instances whose access is being changed, by somebody who also takes that back if it fails. */
export interface Migrations {
  /** Throws BUSY while another one of the instance is under way. */
  begin(id: InstanceId): Disposable;
  has(id: InstanceId): boolean;
}

export function createMigrations(): Migrations {
  const ids = new Set<InstanceId>();
  return {
    begin(id) {
      if (ids.has(id))
        throw new DomainError("BUSY", `${id} is being changed to open through the panel already.`);
      ids.add(id);
      return { [Symbol.dispose]: () => void ids.delete(id) };
    },
    has: (id) => ids.has(id),
  };
}
