import { DomainError, hasReason } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { Activity } from "@claw/core/status";
import { WORK_MAY_TAKE_MS } from "./drains.ts";

/** Operations on an instance, one at a time. */
export type Operation =
  | Exclude<Activity, "queued">
  | "initialising"
  | "saving"
  | "checking"
  | "reconciling"
  | "copying";

/** Changes the displayed operation while it runs. */
export type Become = (operation: Operation) => void;

/** Default wait for the current operation. */
const WAIT_MS = 600_000;
/** The grace time of a stop, as in the template, and Docker's time to clean up. */
const STOP_MAY_TAKE_MS = 40_000;
/** How long a job on several instances waits for one of them, which may hang: longer than a stop. */
export const WAIT_FOR_ONE_MS = WORK_MAY_TAKE_MS.scheduled + STOP_MAY_TAKE_MS;

interface Holder {
  operation: Operation;
  /** Start time on the monotonic clock. */
  since: number;
  released: Promise<void>;
  /** Waiting operations, first come, first served. */
  next: (() => void)[];
}

/** Allows one operation at a time per instance. */
export interface InstanceLocks {
  /**
   * Runs `action` now, or after a reconciliation. Throws BUSY with the name of the conflicting
   * operation.
   */
  exclusive<T>(
    id: InstanceId,
    operation: Operation,
    action: (become: Become) => Promise<T>,
  ): Promise<T>;
  /**
   * Runs `action` directly after the operations before it. Throws BUSY, with the conflicting
   * operation and its duration, if its turn has not come within `withinMs`.
   */
  afterOthers<T>(
    id: InstanceId,
    operation: Operation,
    action: (become: Become) => Promise<T>,
    options?: { withinMs?: number },
  ): Promise<T>;
  current(id: InstanceId): Operation | null;
  /** Whether an unreachable engine interrupted an operation that nobody has handled since. */
  wasCutShort(id: InstanceId): boolean;
  /** Marks the interruption as handled. */
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
      // The panel's own reconciliation is short and no reason to refuse a request.
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
      // Hands the lock over without releasing it, so that the instance never appears idle.
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
