import { fstatSync, writeSync } from "node:fs";
import type { Writable } from "node:stream";

/** Destination of log lines. Never throws or waits; drops lines that it cannot write. */
export interface LogOutput {
  write(line: string): void;
}

/** Accepts a text as a whole, or returns false. */
export type LogSink = (text: string) => boolean;

/** Limit of the backlog for a stalled reader. */
const MAX_WAITING_BYTES = 1024 * 1024;

/**
 * The output of this process. Never blocks it: neither on a full disk nor on a pipe whose reader
 * has stalled or gone.
 */
export function standardOutput(): LogOutput {
  if (isFile(process.stdout.fd)) return createLogOutput(fileSink(process.stdout.fd));
  const output = createLogOutput(streamSink(process.stdout));
  process.stdout.on("drain", output.tellLost);
  return output;
}

/** Writes lines to `sink`. The next successful line is preceded by the number of lost ones. */
export function createLogOutput(sink: LogSink, now: () => number = Date.now) {
  let lost = 0;
  const withLost = (line: string) => {
    if (!sink(lost === 0 ? line : lostLine(lost, now()) + line)) return false;
    lost = 0;
    return true;
  };
  return {
    tellLost() {
      if (lost > 0) withLost("");
    },
    write(line: string) {
      if (!withLost(line)) lost += 1;
    },
  };
}

/** A warning in pino's format. */
function lostLine(lines: number, time: number): string {
  const msg = `${lines} lines of this log were lost here: they could not be written. Is the disk full, or did the log's reader stop?`;
  return `${JSON.stringify({ level: 40, time, lostLines: lines, msg })}\n`;
}

/** Writes to a file synchronously, so that lines survive the death of the process. */
export function fileSink(fd: number): LogSink {
  // A partially written line must not corrupt the next one.
  let torn = false;
  return (text) => {
    const bytes = Buffer.from(torn ? `\n${text}` : text);
    let written = 0;
    try {
      while (written < bytes.length) {
        const more = writeSync(fd, bytes, written);
        if (more === 0) break;
        written += more;
      }
    } catch {
      // Whatever the reason, e.g. ENOSPC: the line is dropped and counted.
    }
    if (written > 0) torn = written < bytes.length;
    return written === bytes.length;
  };
}

/** Writes to a pipe, socket or terminal; Node buffers what does not fit. */
export function streamSink(stream: Writable): LogSink {
  // EPIPE: the reader is gone.
  stream.on("error", () => undefined);
  return (text) => {
    if (stream.destroyed || stream.writableLength + text.length > MAX_WAITING_BYTES) return false;
    stream.write(text);
    return true;
  };
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}
