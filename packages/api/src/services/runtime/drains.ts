import type { InstanceId } from "@claw/core/instance";

/** How long running work may hold up a single stop, or one of many. */
export const WORK_MAY_TAKE_MS = { alone: 10_000, scheduled: 60_000 } as const;

/** A stop that lets running work finish first; over when it is disposed. */
interface Drain extends Disposable {
  /** Aborts when somebody does not want to wait any longer. */
  readonly hurried: AbortSignal;
  /** The kinds of work that still run. */
  tell(work: readonly string[]): void;
}

/** Stops, and what they wait for. In memory only: a gateway takes up its work again by itself. */
export interface Drains {
  /** The caller holds the instance's lock. */
  begin(id: InstanceId): Drain;
  /** The kinds of work that a stop waits for; null: it does not wait. */
  workOf(id: InstanceId): readonly string[] | null;
  /** Ends the wait; false where nothing waits. */
  hurry(id: InstanceId): boolean;
  /** From now on it goes down, until this is disposed. */
  goDown(id: InstanceId): Disposable;
  isGoingDown(id: InstanceId): boolean;
  /** Called when one begins to go down, until the result is disposed. */
  whenDown(listener: (id: InstanceId) => void): Disposable;
}

interface Waiting {
  work: readonly string[] | null;
  hurry: AbortController;
}

export function createDrains(onChange: (id: InstanceId) => void): Drains {
  const drains = new Map<InstanceId, Waiting>();
  const goingDown = new Set<InstanceId>();
  const listeners = new Set<(id: InstanceId) => void>();
  return {
    begin(id) {
      const drain: Waiting = { work: null, hurry: new AbortController() };
      drains.set(id, drain);
      return {
        hurried: drain.hurry.signal,
        tell(work) {
          drain.work = work;
          onChange(id);
        },
        [Symbol.dispose]() {
          drains.delete(id);
          onChange(id);
        },
      };
    },
    workOf: (id) => drains.get(id)?.work ?? null,
    hurry(id) {
      drains.get(id)?.hurry.abort();
      return drains.has(id);
    },
    goDown(id) {
      goingDown.add(id);
      for (const listener of listeners) listener(id);
      return { [Symbol.dispose]: () => void goingDown.delete(id) };
    },
    isGoingDown: (id) => goingDown.has(id),
    whenDown(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
  };
}
