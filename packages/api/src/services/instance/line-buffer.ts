import { advance, type LogBatch, type LogCursor, type LogLine } from "@claw/core/log-cursor";
import { sizeOf } from "@claw/core/log-size";

export interface LineBatch extends LogBatch {
  /** The reader's position after these lines. */
  cursor: LogCursor;
}

export interface LineBufferOptions {
  start: LogCursor;
  /** Lines buffered for a stalled reader. */
  limit: number;
  /** Byte limit of these lines. */
  limitBytes: number;
  /** How long a full buffer waits for its reader before it drops the oldest lines. */
  patienceMs: number;
}

/**
 * Sits between a log and a reader that may stall: blocks the writer while the reader is slow, and
 * drops and counts the oldest lines once it stalls.
 */
export function createLineBuffer({ start, limit, limitBytes, patienceMs }: LineBufferOptions) {
  const batches: { lines: LogLine[]; damaged: number }[] = [];
  let held = 0;
  let heldBytes = 0;
  let skipped = 0;
  /** Damaged lines in dropped batches. */
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

  /** Resolves when the reader takes something, or after the patience. */
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
    /** Sets the position of a reader that gets no earlier lines. */
    startAt(place: LogCursor): void {
      cursor = place;
    },

    /**
     * Adds lines; true if the buffer is full. `damaged` counts lines that the log itself lost
     * before them.
     */
    add,

    /** Like `add`; resolves when there is room again. */
    async push(lines: LogLine[], damaged = 0): Promise<void> {
      if (!add(lines, damaged)) return;
      if (!stalled && !ended) await waitForReader();
      dropOldest();
    },

    /** Resolves when the reader has taken everything, or stalls and loses the oldest lines. */
    async drained(): Promise<void> {
      while (batches.length > 0 && !stalled && !ended) await waitForReader();
      dropOldest();
    },

    /** Ends the log, or reports a read failure. */
    end(error?: unknown): void {
      ended = true;
      if (error !== undefined) failure = { error };
      wakeReader();
      wakeWriter();
    },

    /**
     * The next lines; null at the end. Resolves with an empty batch after `idleMs` without lines.
     */
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
