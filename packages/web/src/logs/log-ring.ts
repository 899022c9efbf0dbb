import type { LogLine } from "@claw/core/log-cursor";

/** In a merged log: with the instance's id. */
export interface SourcedLine extends LogLine {
  source?: string;
}

/** An entry of a shown log: a line, or a mark where the panel left some out. */
export type LogEntry =
  | ({ kind: "line"; number: number } & SourcedLine)
  | { kind: "skipped"; number: number; count: number };

export interface LogBatch {
  lines: readonly SourcedLine[];
  skipped: number;
}

/** A log as it is shown. */
export interface LogSource {
  readonly ring: LogRing;
  /** Increases whenever `ring` has changed: read it where the ring is read. */
  version: () => number;
}

function entryOf({ ts, stream, text, source }: SourcedLine, number: number): LogEntry {
  const entry = { kind: "line" as const, number, ts, stream, text };
  return source === undefined ? entry : { ...entry, source };
}

/**
 * The newest entries of a log, at most `limit`. Each keeps its number; older lines, added later,
 * have numbers below 0.
 */
export class LogRing {
  readonly #limit: number;
  #entries: LogEntry[] = [];
  #next = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** Number of the oldest entry; that of the next one when there is none. */
  get first(): number {
    return this.#next - this.#entries.length;
  }

  /** Number of the next entry: how many there have been. */
  get next(): number {
    return this.#next;
  }

  /** How many more entries fit before the oldest one is dropped. */
  get room(): number {
    return this.#limit - this.#entries.length;
  }

  /** By position from the oldest. */
  at(index: number): LogEntry | undefined {
    return this.#entries[index];
  }

  /** By number; undefined once dropped. */
  get(number: number): LogEntry | undefined {
    return this.#entries[number - this.first];
  }

  push(batches: readonly LogBatch[]): void {
    for (const { lines, skipped } of batches) {
      if (skipped > 0) this.#add({ kind: "skipped", count: skipped, number: this.#next });
      for (const line of lines) this.#add(entryOf(line, this.#next));
    }
    const excess = this.#entries.length - this.#limit;
    if (excess > 0) this.#entries.splice(0, excess);
  }

  /**
   * Adds older lines above the oldest entry, as many of the newest as fit; returns their number.
   */
  prepend(lines: readonly SourcedLine[]): number {
    const fitting = lines.slice(Math.max(0, lines.length - this.room));
    const from = this.first - fitting.length;
    const entries = fitting.map((line, index) => entryOf(line, from + index));
    this.#entries = [...entries, ...this.#entries];
    return entries.length;
  }

  #add(entry: LogEntry): void {
    this.#entries.push(entry);
    this.#next += 1;
  }
}
