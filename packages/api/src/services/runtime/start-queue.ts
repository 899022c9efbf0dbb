import type { InstanceId } from "@claw/core/instance";
import pLimit from "p-limit";

/** Starting a gateway costs about 25 CPU-seconds, so two at a time (product rule). */
export const STARTS_AT_ONCE = 2;

export interface StartQueue {
  /**
   * Runs `launch` when the instance's turn comes, and keeps its slot until `settled` resolves.
   * Resolves when `launch` has, or at once if it must wait; rejects with what `launch` throws in
   * the first case and passes it to `onLateError` in the second. An instance that still has a slot
   * launches in it: two that waited for themselves would block everyone forever.
   */
  enter(id: InstanceId, start: Start): Promise<"launched" | "queued">;
  /**
   * Waits for a slot and keeps it while `action` runs, which starts the instance in its own way.
   * Never wait for a slot while holding an instance's lock.
   */
  take<T>(id: InstanceId, action: () => Promise<T>): Promise<T>;
  isWaiting(id: InstanceId): boolean;
  /** Resolves when nothing is starting or waiting. */
  idle(): Promise<void>;
}

export interface Start {
  launch: () => Promise<void>;
  settled: () => Promise<unknown>;
  onLateError: (error: unknown) => void;
}

export function createStartQueue(onChange: (id: InstanceId) => void): StartQueue {
  const turns = pLimit(STARTS_AT_ONCE);
  const waiting = new Set<InstanceId>();
  const running = new Set<Promise<void>>();
  /** Instances with a slot, possibly twice. */
  const holders: InstanceId[] = [];

  function track(work: Promise<void>): void {
    const done: Promise<void> = work.finally(() => running.delete(done));
    running.add(done);
  }

  function inPlace<T>(id: InstanceId, action: () => Promise<T>): Promise<T> {
    return turns(async () => {
      holders.push(id);
      try {
        return await action();
      } finally {
        holders.splice(holders.indexOf(id), 1);
      }
    });
  }

  return {
    async enter(id, start) {
      if (waiting.has(id)) return "queued";
      if (holders.includes(id)) {
        const again = start.launch();
        track(again.catch(() => {}));
        await again;
        return "launched";
      }
      const launched = Promise.withResolvers<void>();
      const mustWait = turns.activeCount + turns.pendingCount >= STARTS_AT_ONCE;
      waiting.add(id);
      if (mustWait) onChange(id);
      const turn = inPlace(id, async () => {
        waiting.delete(id);
        try {
          await start.launch();
          launched.resolve();
        } catch (error) {
          launched.reject(error);
          return;
        } finally {
          onChange(id);
        }
        await start.settled();
      });
      track(turn.catch(start.onLateError));
      if (!mustWait) {
        await launched.promise;
        return "launched";
      }
      launched.promise.catch(start.onLateError);
      return "queued";
    },
    take: inPlace,
    isWaiting: (id) => waiting.has(id),
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
