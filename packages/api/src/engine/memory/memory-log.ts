import { EventEmitter, on } from "node:events";
import { type LogLine, linesAfter } from "@claw/core/log-cursor";
import { cutMark, LINE_LIMIT_BYTES, sizeOf } from "@claw/core/log-size";
import { type LogQuery, OLDER_LIMIT_BYTES } from "../engine.ts";

const BATCH = 500;
/** Like Docker's json-file driver with rotation, drops the oldest lines. */
const KEPT_LINES = 100_000;

/** A container's log, kept after its end; any number of readers can follow it. */
export class MemoryLog {
  readonly #lines: LogLine[] = [];
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #written = 0;
  #lastStamp = 0n;
  #running = false;

  write(stream: LogLine["stream"], text: string): void {
    // Strictly increasing, as one process's clock is; nine decimals, as in Docker.
    const now = BigInt(Date.now()) * 1_000_000n;
    this.#lastStamp = now > this.#lastStamp ? now : this.#lastStamp + 1n;
    this.#lines.push({ ts: formatStamp(this.#lastStamp), stream, text: shortened(text) });
    this.#written += 1;
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
    this.#changes.emit("change");
  }

  setRunning(running: boolean): void {
    this.#running = running;
    this.#changes.emit("change");
  }

  /** Ends the current readers with `error`. */
  interrupt(error: Error): void {
    if (this.#changes.listenerCount("error") > 0) this.#changes.emit("error", error);
  }

  async *read(query: LogQuery): AsyncGenerator<LogLine[]> {
    if (query.signal.aborted) return;
    const { before } = query;
    if (before !== undefined) {
      const older = this.#lines.filter((line) => line.ts < before).slice(-query.tail || Infinity);
      while (sizeOf(older) > OLDER_LIMIT_BYTES) older.splice(0, Math.ceil(older.length / 16));
      for (let from = 0; from < older.length; from += BATCH) yield older.slice(from, from + BATCH);
      return;
    }
    const wanted = query.after ? linesAfter(query.after) : () => true;
    const dropped = () => this.#written - this.#lines.length;
    let next = query.after ? dropped() : Math.max(dropped(), this.#written - query.tail);
    const changes = on(this.#changes, "change", { signal: query.signal });
    try {
      while (!query.signal.aborted) {
        const from = Math.max(next, dropped());
        const slice = this.#lines.slice(from - dropped(), from - dropped() + BATCH);
        next = from + slice.length;
        const lines = slice.filter(wanted);
        if (lines.length > 0) yield lines;
        else if (slice.length === 0) {
          if (!query.follow || !this.#running) return;
          await changes.next();
        }
      }
    } catch (error) {
      if (!query.signal.aborted) throw error;
    } finally {
      await changes.return?.();
    }
  }
}

function shortened(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= LINE_LIMIT_BYTES) return text;
  return bytes.toString("utf8", 0, LINE_LIMIT_BYTES) + cutMark(bytes.length);
}

function formatStamp(nanoseconds: bigint): string {
  const seconds = new Date(Number(nanoseconds / 1_000_000n)).toISOString().slice(0, 19);
  return `${seconds}.${String(nanoseconds % 1_000_000_000n).padStart(9, "0")}Z`;
}
