import { advance, type LogCursor, type LogLine } from "@claw/core/log-cursor";
import { sizeOf } from "@claw/core/log-size";

/** One step of a followed log. */
export interface LineBatch {
  lines: LogLine[];
  /** Lines that were left out before these: the reader was too slow, or they are damaged. */
  skipped: number;
  /** How many of these, at least, the log has lost itself; not there when it is whole. */
  damaged?: number;
  /** Where the reader is after these lines. */
  cursor: LogCursor;
}

export interface LineBufferOptions {
  start: LogCursor;
  /** Lines kept for a reader that does not come. */
  limit: number;
  /** What these may weigh. */
  limitBytes: number;
  /** How long a full buffer waits for its reader before it drops the oldest lines. */
  patienceMs: number;
}

/**
 * Between a log that flows and a reader that may stall: holds the writer back while the reader
 * is only slow, drops the oldest lines and counts them when it does not come at all.
 */
export function createLineBuffer({ start, limit, limitBytes, patienceMs }: LineBufferOptions) {
  const batches: { lines: LogLine[]; damaged: number }[] = [];
  let held = 0;
  let heldBytes = 0;
  let skipped = 0;
  /** Lost in batches that were dropped. */
  let lost = 0;
  let cursor = start;
  let ended = false;
  let failure: { error: unknown } | null = null;
  let stalled = false;
  let wakeReader: () => void = () => {};
  let wakeWriter: () => void = () => {};

  function shift(): LogLine[] {
    const { lines, damaged } = batches.shift() ?? { lines: [], damaged: 0 };
    lost += damaged;
    skipped += damaged;
    held -= lines.length;
    heldBytes -= sizeOf(lines);
    cursor = advance(cursor, lines);
    return lines;
  }

  const isFull = () => held > limit || heldBytes > limitBytes;

  /** Resolves when the reader took something, or when the patience is over. */
  async function waitForReader(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    wakeWriter = resolve;
    const timer = setTimeout(() => {
      stalled = true;
      resolve();
    }, patienceMs);
    await promise;
    clearTimeout(timer);
  }

  function dropOldest(): void {
    while (stalled && isFull()) {
      const dropped = shift();
      skipped += dropped.length;
    }
  }

  function add(lines: LogLine[], damaged = 0): boolean {
    batches.push({ lines, damaged });
    held += lines.length;
    heldBytes += sizeOf(lines);
    wakeReader();
    dropOldest();
    return isFull();
  }

  return {
    /** Where a reader is that is given nothing of what was before. */
    startAt(place: LogCursor): void {
      cursor = place;
    },

    /**
     * Takes lines in; true when there is no room for more. `damaged` is how many the log itself
     * has lost before them.
     */
    add,

    /** As `add`; resolves when there is room for more. */
    async push(lines: LogLine[], damaged = 0): Promise<void> {
      if (!add(lines, damaged)) return;
      if (!stalled && !ended) await waitForReader();
      dropOldest();
    },

    /** Resolves when the reader has taken all, or takes nothing and loses the oldest. */
    async drained(): Promise<void> {
      while (batches.length > 0 && !stalled && !ended) await waitForReader();
      dropOldest();
    },

    /** The log is over, or reading it failed. */
    end(error?: unknown): void {
      ended = true;
      if (error !== undefined) failure = { error };
      wakeReader();
      wakeWriter();
    },

    /** The next lines; null at the end. Resolves with an empty batch after `idleMs` without any. */
    async take(idleMs?: number): Promise<LineBatch | null> {
      if (batches.length === 0 && !ended) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wakeReader = resolve;
        const timer = idleMs === undefined ? undefined : setTimeout(resolve, idleMs);
        await promise;
        clearTimeout(timer);
      }
      if (batches.length === 0 && failure) throw failure.error;
      if (batches.length === 0 && ended) return null;
      stalled = false;
      const lines = shift();
      const batch = { lines, skipped, ...(lost > 0 && { damaged: lost }), cursor };
      skipped = 0;
      lost = 0;
      wakeWriter();
      return batch;
    },
  };
}
