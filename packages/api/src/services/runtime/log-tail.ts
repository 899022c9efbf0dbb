import type { LogLine } from "@claw/core/log-cursor";
import { sizeOf } from "@claw/core/log-size";

/** What may wait for one reader: its lines are shared with the others, and can be read again. */
const LIMIT = 2_000;
const LIMIT_BYTES = 1024 * 1024;

/** Lines that came, and how many the log itself has lost before them. */
export interface TailPiece {
  lines: LogLine[];
  damaged: number;
}

/**
 * What comes to the end of a log and waits for one of its readers. Holds up nobody: a reader that
 * does not come in time is `behind`, and has to read what it missed in another way.
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

  /** True when there is no more; throws what it broke off with. */
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

    /** Nothing comes any more. */
    end(error?: unknown): void {
      over ??= error === undefined ? {} : { error };
      ended.resolve();
      wake();
    },
    ended: ended.promise,
    isOver,

    /** Forgets what waits: only what comes from now on is wanted. */
    restart(): void {
      clear();
      isBehind = false;
    },

    /** What came next; null at the end. Throws what the log broke off with. */
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
