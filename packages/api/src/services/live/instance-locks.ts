import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { Activity } from "@claw/core/status";

/** What can be done with an instance, one at a time. */
export type Operation =
  | Exclude<Activity, "queued">
  | "initialising"
  | "saving"
  | "checking"
  | "reconciling";

interface Holder {
  operation: Operation;
  released: Promise<void>;
}

/** At most one operation at a time per instance. */
export interface InstanceLocks {
  /** Runs `action` now, or after a check. Throws BUSY, naming the operation that is in the way. */
  exclusive<T>(id: InstanceId, operation: Operation, action: () => Promise<T>): Promise<T>;
  /** Runs `action` after whatever is in the way. */
  afterOthers<T>(id: InstanceId, operation: Operation, action: () => Promise<T>): Promise<T>;
  /** The operation that runs now. */
  current(id: InstanceId): Operation | null;
}

export function createInstanceLocks(onChange: (id: InstanceId) => void): InstanceLocks {
  const holders = new Map<InstanceId, Holder>();

  async function hold<T>(id: InstanceId, operation: Operation, action: () => Promise<T>) {
    const released = Promise.withResolvers<void>();
    holders.set(id, { operation, released: released.promise });
    onChange(id);
    try {
      return await action();
    } finally {
      holders.delete(id);
      onChange(id);
      released.resolve();
    }
  }

  return {
    async exclusive(id, operation, action) {
      // What the panel looks after by itself is short, and no reason to refuse somebody's wish.
      for (let own = holders.get(id); own?.operation === "reconciling"; own = holders.get(id))
        await own.released;
      const holder = holders.get(id);
      if (holder)
        throw new DomainError(
          "BUSY",
          `The instance ${id} is busy: ${holder.operation}. Try again when that is done.`,
        );
      return hold(id, operation, action);
    },
    async afterOthers(id, operation, action) {
      for (let holder = holders.get(id); holder; holder = holders.get(id)) await holder.released;
      return hold(id, operation, action);
    },
    current: (id) => holders.get(id)?.operation ?? null,
  };
}
