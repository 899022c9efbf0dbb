import { fstatSync, writeSync } from "node:fs";
import type { Writable } from "node:stream";

/** Where lines go. Never throws and never waits: what cannot be written now is dropped. */
export interface LogOutput {
  write(line: string): void;
}

/** Takes a text as a whole, or says that it could not. */
export type LogSink = (text: string) => boolean;

/** How much waits for a reader that does not read. */
const MAX_WAITING_BYTES = 1024 * 1024;

/**
 * The output of this process, which must hold up nothing: neither a full disk, nor a pipe whose
 * reader has stopped or gone.
 */
export function standardOutput(): LogOutput {
  if (isFile(process.stdout.fd)) return createLogOutput(fileSink(process.stdout.fd));
  const output = createLogOutput(streamSink(process.stdout));
  process.stdout.on("drain", output.tellLost);
  return output;
}

/** Writes lines to `sink`. How many it did not take stands before the next one that it takes. */
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

/** As pino writes a warning. */
function lostLine(lines: number, time: number): string {
  const msg = `${lines} lines of this log were lost here: they could not be written. Is the disk full, or did the log's reader stop?`;
  return `${JSON.stringify({ level: 40, time, lostLines: lines, msg })}\n`;
}

/** Writes to a file at once, so that a line is there even if the process dies after it. */
export function fileSink(fd: number): LogSink {
  // Part of a line that could not be written to its end must not take the next one along.
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
      // Whatever the reason, e.g. ENOSPC: the line is dropped, which is counted.
    }
    if (written > 0) torn = written < bytes.length;
    return written === bytes.length;
  };
}

/** Writes to a pipe, socket or terminal, of which Node writes what does not fit later. */
export function streamSink(stream: Writable): LogSink {
  // EPIPE: nobody reads any more, so there is nobody to tell.
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
