import type { LogLine } from "@claw/core/log-cursor";
import { cutMark, LINE_LIMIT_BYTES } from "@claw/core/log-size";
import type { OnFrame } from "./log-frames.ts";

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const Z = 0x5a;
/** Length of `2026-11-22T08:22:07.707000000Z`. */
const STAMP = 30;

interface Partial {
  ts: string;
  pieces: Buffer[];
  /** Bytes in `pieces`. */
  length: number;
  /** Bytes of the complete line so far. */
  total: number;
}

/**
 * Assembles lines from frames that begin with a timestamp. Docker cuts lines over 16 KiB into
 * frames that repeat the first one's timestamp; only the last frame ends with a newline.
 */
export class LineJoiner {
  readonly #onLine: (line: LogLine) => void;
  readonly #partial: { stdout: Partial | null; stderr: Partial | null } = {
    stdout: null,
    stderr: null,
  };

  constructor(onLine: (line: LogLine) => void) {
    this.#onLine = onLine;
  }

  readonly onFrame: OnFrame = (stream, bytes, start, end) => {
    const space = endOfStamp(bytes, start, end);
    const ts = utcStamp(bytes.toString("latin1", start, space));
    const complete = bytes[end - 1] === NEWLINE && end > space;
    const text = Math.min(space + 1, end);
    let partial = this.#partial[stream];
    if (partial !== null && partial.ts !== ts) {
      this.#flush(stream);
      partial = null;
    }
    if (complete && partial === null) {
      const stop = end - 1;
      const trimmed = stop > text && bytes[stop - 1] === RETURN ? stop - 1 : stop;
      this.#emit(stream, ts, bytes, text, trimmed);
      return;
    }
    partial ??= { ts, pieces: [], length: 0, total: 0 };
    this.#partial[stream] = partial;
    append(partial, bytes, text, complete ? end - 1 : end);
    if (complete) this.#flush(stream);
  };

  /** Returns the unfinished line at the end of the stream. */
  end(): void {
    this.#flush("stdout");
    this.#flush("stderr");
  }

  #flush(stream: LogLine["stream"]): void {
    const partial = this.#partial[stream];
    if (partial === null) return;
    this.#partial[stream] = null;
    const bytes = Buffer.concat(partial.pieces);
    const isCut = partial.total > partial.length;
    const end = bytes.at(-1) === RETURN && !isCut ? bytes.length - 1 : bytes.length;
    const text = bytes.toString("utf8", 0, end);
    const whole = isCut ? `${text}${cutMark(partial.total)}` : text;
    this.#onLine({ ts: partial.ts, stream, text: whole });
  }

  #emit(stream: LogLine["stream"], ts: string, bytes: Buffer, start: number, end: number): void {
    if (end - start <= LINE_LIMIT_BYTES) {
      this.#onLine({ ts, stream, text: bytes.toString("utf8", start, end) });
      return;
    }
    this.#partial[stream] = { ts, pieces: [], length: 0, total: 0 };
    append(this.#partial[stream], bytes, start, end);
    this.#flush(stream);
  }
}

/** Appends a copy of `bytes[start, end)` up to the limit, without cutting a character. */
function append(partial: Partial, bytes: Buffer, start: number, end: number): void {
  const isCut = partial.total > partial.length;
  partial.total += end - start;
  if (isCut) return;
  let stop = Math.min(end, start + LINE_LIMIT_BYTES - partial.length);
  if (stop < end) while (stop > start && ((bytes[stop] ?? 0) & 0xc0) === 0x80) stop -= 1;
  partial.pieces.push(Buffer.from(bytes.subarray(start, stop)));
  partial.length += stop - start;
}

function endOfStamp(bytes: Buffer, start: number, end: number): number {
  const usual = start + STAMP;
  if (usual <= end && bytes[usual - 1] === Z && (usual === end || bytes[usual] === SPACE))
    return usual;
  const space = bytes.indexOf(SPACE, start);
  return space < 0 || space > end ? end : space;
}

/** Some of Docker's log drivers use the daemon's time zone. */
function utcStamp(stamp: string): string {
  if (stamp.length === STAMP && stamp.endsWith("Z")) return stamp;
  const match = /^(.{19})(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(stamp);
  if (!match) return stamp;
  const seconds = new Date(`${match[1]}${match[3]}`).toISOString().slice(0, 19);
  return `${seconds}.${(match[2] ?? "").padEnd(9, "0")}Z`;
}
