import type { LogLine } from "@claw/core/log-cursor";

/** What the page shows of a log: lines, and marks where the panel left some out. */
export type LogEntry =
  | ({ kind: "line"; number: number } & LogLine)
  | { kind: "skipped"; number: number; count: number };

export interface LogBatch {
  lines: readonly LogLine[];
  skipped: number;
}

/** The newest entries of a log, at most `limit`. Each has a number that it keeps. */
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

  /** Number of the oldest entry that is kept; that of the next one when there is none. */
  get first(): number {
    return this.#next - this.#entries.length;
  }

  /** Number that the next entry gets: how many there have been. */
  get next(): number {
    return this.#next;
  }

  /** By position from the oldest. */
  at(index: number): LogEntry | undefined {
    return this.#entries[index];
  }

  /** By number; undefined when it has gone. */
  get(number: number): LogEntry | undefined {
    return this.#entries[number - this.first];
  }

  push(batches: readonly LogBatch[]): void {
    for (const { lines, skipped } of batches) {
      if (skipped > 0) this.#add({ kind: "skipped", count: skipped, number: this.#next });
      for (const line of lines)
        this.#add({
          kind: "line",
          number: this.#next,
          ts: line.ts,
          stream: line.stream,
          text: line.text,
        });
    }
    const excess = this.#entries.length - this.#limit;
    if (excess > 0) this.#entries.splice(0, excess);
  }

  #add(entry: LogEntry): void {
    this.#entries.push(entry);
    this.#next += 1;
  }
}
