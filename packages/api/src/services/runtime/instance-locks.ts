import { DomainError, hasReason } from "@claw/core/errors";
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

/** How long an operation is waited for where nothing else is said. */
const WAIT_MS = 600_000;
/** How long a job about several instances waits for one of them: it may hang. */
export const WAIT_FOR_ONE_MS = 30_000;

interface Holder {
  operation: Operation;
  /** When it began, by a clock that never jumps. */
  since: number;
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
  /**
   * Runs `action` after whatever is in the way, with no moment in between. Throws BUSY when its
   * turn has not come within `withinMs`, naming the operation that is in the way, and since when.
   */
  afterOthers<T>(
    id: InstanceId,
    operation: Operation,
    action: (become: Become) => Promise<T>,
    options?: { withinMs?: number },
  ): Promise<T>;
  /** The operation that runs now. */
  current(id: InstanceId): Operation | null;
  /** Whether an operation ended because the engine was away, and nobody has seen to it since. */
  wasCutShort(id: InstanceId): boolean;
  /** What was cut short is seen to from now on. */
  seeTo(id: InstanceId): void;
}

export function createInstanceLocks(onChange: (id: InstanceId) => void): InstanceLocks {
  const holders = new Map<InstanceId, Holder>();
  const cutShort = new Set<InstanceId>();

  async function hold<T>(
    id: InstanceId,
    operation: Operation,
    action: (become: Become) => Promise<T>,
  ): Promise<T> {
    const released = Promise.withResolvers<void>();
    const next = holders.get(id)?.next ?? [];
    const since = performance.now();
    const holder: Holder = { operation, since, released: released.promise, next };
    holders.set(id, holder);
    onChange(id);
    try {
      return await action((become) => {
        holder.operation = become;
        onChange(id);
      });
    } catch (error) {
      if (hasReason(error, "ENGINE_UNREACHABLE")) cutShort.add(id);
      throw error;
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
    afterOthers(id, operation, action, { withinMs = WAIT_MS } = {}) {
      const holder = holders.get(id);
      if (!holder) return hold(id, operation, action);
      // Handed over rather than let go: nobody sees the instance with nothing done to it.
      return new Promise((resolve, reject) => {
        const { next } = holder;
        const begin = () => {
          clearTimeout(timer);
          hold(id, operation, action).then(resolve, reject);
        };
        const timer = setTimeout(() => {
          next.splice(next.indexOf(begin), 1);
          reject(tooLong(id, holders.get(id) ?? holder, withinMs));
        }, withinMs);
        timer.unref();
        next.push(begin);
      });
    },
    current: (id) => holders.get(id)?.operation ?? null,
    wasCutShort: (id) => cutShort.has(id),
    seeTo: (id) => void cutShort.delete(id),
  };
}

function tooLong(id: InstanceId, { operation, since }: Holder, withinMs: number): DomainError {
  const held = inWords(performance.now() - since);
  return new DomainError(
    "BUSY",
    `The instance ${id} is busy: ${operation}, for ${held} now. It was waited for ${inWords(withinMs)}. Try again when that is done, or cancel the job that does it.`,
  );
}

function inWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 120) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  return `${Math.round(seconds / 60)} minutes`;
}
