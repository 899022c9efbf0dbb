import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { Activity } from "@claw/core/status";

/** What can be done with an instance, one at a time. */
export type Operation =
  | Exclude<Activity, "queued">
  | "initialising"
  | "saving"
  | "checking"
  | "reconciling"
  | "copying";

/** Says what is done from now on, for an operation that is shown in several ways. */
export type Become = (operation: Operation) => void;

interface Holder {
  operation: Operation;
  released: Promise<void>;
  /** Who comes next, in the order in which they came. */
  next: (() => void)[];
}

/** At most one operation at a time per instance. */
export interface InstanceLocks {
  /** Runs `action` now, or after a check. Throws BUSY, naming the operation that is in the way. */
  exclusive<T>(
    id: InstanceId,
    operation: Operation,
    action: (become: Become) => Promise<T>,
  ): Promise<T>;
  /** Runs `action` after whatever is in the way, with no moment in between. */
  afterOthers<T>(
    id: InstanceId,
    operation: Operation,
    action: (become: Become) => Promise<T>,
  ): Promise<T>;
  /** The operation that runs now. */
  current(id: InstanceId): Operation | null;
}

export function createInstanceLocks(onChange: (id: InstanceId) => void): InstanceLocks {
  const holders = new Map<InstanceId, Holder>();

  async function hold<T>(
    id: InstanceId,
    operation: Operation,
    action: (become: Become) => Promise<T>,
  ): Promise<T> {
    const released = Promise.withResolvers<void>();
    const next = holders.get(id)?.next ?? [];
    const holder: Holder = { operation, released: released.promise, next };
    holders.set(id, holder);
    onChange(id);
    try {
      return await action((become) => {
        holder.operation = become;
        onChange(id);
      });
    } finally {
      const first = next.shift();
      if (first) first();
      else {
        holders.delete(id);
        onChange(id);
      }
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
    afterOthers(id, operation, action) {
      const holder = holders.get(id);
      if (!holder) return hold(id, operation, action);
      // Handed over rather than let go: nobody sees the instance with nothing done to it.
      return new Promise((resolve, reject) => {
        holder.next.push(() => void hold(id, operation, action).then(resolve, reject));
      });
    },
    current: (id) => holders.get(id)?.operation ?? null,
  };
}
