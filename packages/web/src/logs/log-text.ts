/** A line's parts, as far as they can be told. */
export interface LogParts {
  level: LogLevel | null;
  subsystem: string | null;
  message: string;
}

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal";

const LEVELS: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error", "fatal"];

/** The stamp that OpenClaw prints itself; Docker's own is shown instead. */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d) /;
const SUBSYSTEM = /^\[([\w./:-]{1,40})\] /;
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with ESC
const COLOURS = /\u001b\[[0-9;]*m/g;

/**
 * The parts of a line of the gateway's: `<stamp> [subsystem] message`, or JSON with the same as
 * fields. Anything else is a message.
 */
export function parseLogText(raw: string): LogParts {
  const text = raw.includes("\u001b") ? raw.replace(COLOURS, "") : raw;
  if (text.startsWith("{")) {
    const parts = parseJsonLine(text);
    if (parts) return parts;
  }
  const rest = text.replace(STAMP, "");
  const subsystem = SUBSYSTEM.exec(rest);
  return {
    level: null,
    subsystem: subsystem?.[1] ?? null,
    message: subsystem ? rest.slice(subsystem[0].length) : rest,
  };
}

function parseJsonLine(text: string): LogParts | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (value === null || typeof value !== "object") return null;
  const { level, subsystem, message } = value as Record<string, unknown>;
  if (typeof message !== "string") return null;
  return {
    level: LEVELS.find((candidate) => candidate === level) ?? null,
    subsystem: typeof subsystem === "string" ? subsystem : null,
    message,
  };
}

/** The time of day of an RFC 3339 stamp, where the reader is: `16:22:07.707`. */
export function localTime(ts: string): string {
  const date = new Date(ts);
  const two = (value: number) => String(value).padStart(2, "0");
  const milliseconds = String(date.getMilliseconds()).padStart(3, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}

/** `text` cut where `query` occurs, without regard to case; every other piece is a match. */
export function splitMatches(text: string, query: string): string[] {
  if (query === "") return [text];
  const pieces: string[] = [];
  const haystack = text.toLowerCase();
  const needle = query.toLowerCase();
  let from = 0;
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, from)) {
    pieces.push(text.slice(from, at), text.slice(at, at + needle.length));
    from = at + needle.length;
  }
  pieces.push(text.slice(from));
  return pieces;
}
