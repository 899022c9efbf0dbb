import type { LogLine } from "@claw/core/log-cursor";
import { sizeOf } from "@claw/core/log-size";

/** Backlog limit per reader: its lines are shared with other readers, and can be read again. */
const LIMIT = 2_000;
const LIMIT_BYTES = 1024 * 1024;

/** New lines, and how many the log itself lost before them. */
export interface TailPiece {
  lines: LogLine[];
  damaged: number;
}

/**
 * New log lines for one of the readers. Never blocks: a slow reader is `behind`, and must read what
 * it missed in another way.
 */
export function createLogTail() {
  let pieces: TailPiece[] = [];
  let held = 0;
  let heldBytes = 0;
  let isBehind = false;
  let over: { error?: unknown } | null = null;
  const ended = Promise.withResolvers<void>();
  let wake: () => void = () => {};

  function clear(): void {
    pieces = [];
    held = 0;
    heldBytes = 0;
  }

  /** True if the log has ended; throws the error that ended it. */
  function isOver(): boolean {
    if (over?.error !== undefined) throw over.error;
    return over !== null;
  }

  return {
    give(lines: LogLine[], damaged: number): void {
      if (isBehind || over !== null) return;
      pieces.push({ lines, damaged });
      held += lines.length;
      heldBytes += sizeOf(lines);
      if (held > LIMIT || heldBytes > LIMIT_BYTES) {
        isBehind = true;
        clear();
      }
      wake();
    },

    end(error?: unknown): void {
      over ??= error === undefined ? {} : { error };
      ended.resolve();
      wake();
    },
    ended: ended.promise,
    isOver,

    /** Discards the backlog: only new lines are wanted. */
    restart(): void {
      clear();
      isBehind = false;
    },

    /** The next lines; null at the end. Throws the error that ended the log. */
    async take(): Promise<TailPiece | "behind" | null> {
      while (pieces.length === 0 && !isBehind && over === null) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await promise;
      }
      const piece = pieces.shift();
      if (piece) {
        held -= piece.lines.length;
        heldBytes -= sizeOf(piece.lines);
        return piece;
      }
      return isOver() ? null : "behind";
    },
  };
}
