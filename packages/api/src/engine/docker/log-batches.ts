import type { IncomingMessage } from "node:http";
import { type LogLine, linesAfter } from "@claw/core/log-cursor";
import { sizeOf } from "@claw/core/log-size";
import type { LogQuery } from "../engine.ts";
import { toDomainError } from "./errors.ts";
import { createFrameDecoder } from "./log-frames.ts";
import { LineJoiner } from "./log-lines.ts";

const BATCH = 500;
/** Approximate maximum size of a batch; a single long line may exceed it slightly. */
const BATCH_BYTES = 256 * 1024;
const LATEST_MS = 25;
/** Lines buffered for a slow reader before Docker's stream is paused. */
const HIGH_WATER = 2 * BATCH;
const HIGH_WATER_BYTES = 2 * BATCH_BYTES;

/** The wanted lines of one of Docker's log streams, in batches. */
export async function* readBatches(
  stream: IncomingMessage,
  query: LogQuery,
  address: string,
): AsyncGenerator<LogLine[]> {
  const inbox = new Inbox(stream, query);
  let lastBatch = 0;
  while (!query.signal.aborted) {
    if (inbox.isEmpty) {
      if (inbox.isEnded) break;
      await inbox.until(1);
      continue;
    }
    // The first line after a pause is sent immediately; lines that follow closely are batched.
    const wait = lastBatch + LATEST_MS - performance.now();
    if (!inbox.hasBatch && !inbox.isEnded && wait > 0) await inbox.until(BATCH, wait);
    lastBatch = performance.now();
    yield inbox.take();
  }
  if (!query.signal.aborted && inbox.error !== undefined) throw toDomainError(inbox.error, address);
}

/** Lines that have arrived and wait for their reader. Pauses the stream while they are many. */
class Inbox {
  readonly #stream: IncomingMessage;
  readonly #lines: LogLine[] = [];
  #bytes = 0;
  #isEnded = false;
  #error: unknown;
  /** The number of lines that the reader waits for. */
  #wanted = 1;
  #wake = () => {};

  constructor(stream: IncomingMessage, query: LogQuery) {
    this.#stream = stream;
    const isWanted = filterOf(query);
    const joiner = new LineJoiner((line) => {
      if (isWanted(line)) this.#add(line);
    });
    const decode = createFrameDecoder(joiner.onFrame);
    stream.on("data", (chunk: Buffer) => {
      try {
        decode(chunk);
      } catch (error) {
        this.#end(error);
        stream.destroy();
      }
      if (this.#isFull) stream.pause();
      if (this.#lines.length >= this.#wanted || this.#bytes >= BATCH_BYTES) this.#wake();
    });
    stream.on("end", () => {
      joiner.end();
      this.#end();
    });
    stream.on("error", (error) => this.#end(query.signal.aborted ? undefined : error));
    stream.on("close", () => this.#end());
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  get hasBatch(): boolean {
    return this.#lines.length >= BATCH || this.#bytes >= BATCH_BYTES;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Why the stream broke off. */
  get error(): unknown {
    return this.#error;
  }

  /** Resolves with so many lines, with a whole batch, at the end, or after `ms`. */
  until(lines: number, ms?: number): Promise<void> {
    this.#wanted = lines;
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Takes the first lines, up to the size of a batch; at least one. */
  take(): LogLine[] {
    const batch = this.#lines.splice(0, fitting(this.#lines));
    this.#bytes -= sizeOf(batch);
    if (!this.#isFull) this.#stream.resume();
    return batch;
  }

  get #isFull(): boolean {
    return this.#lines.length >= HIGH_WATER || this.#bytes >= HIGH_WATER_BYTES;
  }

  #add(line: LogLine): void {
    this.#lines.push(line);
    this.#bytes += sizeOf([line]);
  }

  /** Only the first call counts: Docker's streams close after they ended or failed. */
  #end(error?: unknown): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#error = error;
    this.#wake();
  }
}

function filterOf({ after, before }: LogQuery): (line: LogLine) => boolean {
  if (after) return linesAfter(after);
  return before === undefined ? () => true : (line) => line.ts < before;
}

/** How many of the first lines form a batch; at least one. */
function fitting(lines: readonly LogLine[]): number {
  let bytes = 0;
  const over = lines.findIndex((line, index) => {
    bytes += sizeOf([line]);
    return index === BATCH || (index > 0 && bytes > BATCH_BYTES);
  });
  return over < 0 ? lines.length : over;
}
