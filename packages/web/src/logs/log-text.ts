/** A line's recognized parts. */
export interface LogParts {
  level: LogLevel | null;
  subsystem: string | null;
  message: string;
  /** For a line that is a JSON object: all its fields. */
  fields: LogFields | null;
}

export type LogFields = Readonly<Record<string, unknown>>;

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal";

const LEVELS: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error", "fatal"];

/** Severities of levels, from 0. */
export function levelRank(level: LogLevel): number {
  return LEVELS.indexOf(level);
}

/** OpenClaw's own timestamp; Docker's is shown instead. */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d) /;
/** A level before the text: `WARN …`, `[warn] …`, `Warning: …`. */
const LEVEL =
  /^(?:\[(trace|debug|info|warn|warning|error|fatal)\]:?\s+|(trace|debug|info|warn|warning|error|fatal):\s+|(?-i:(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL))\s+)/i;
const SUBSYSTEM = /^\[([\w./:-]{1,40})\] /;
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with ESC
const COLOURS = /\u001b\[[0-9;]*m/g;

const NO_PARTS = { level: null, subsystem: null, fields: null } as const;

/**
 * The parts of a gateway's line: `<timestamp> [subsystem] message`, or JSON with the same and other
 * fields; a level may precede or follow the subsystem. Anything else is a message.
 */
export function parseLogText(raw: string): LogParts {
  const text = raw.includes("\u001b") ? raw.replace(COLOURS, "") : raw;
  if (text.startsWith("{")) {
    const parts = parseJsonLine(text);
    if (parts) return parts;
  }
  const first = takeLevel(text.replace(STAMP, ""));
  const subsystem = SUBSYSTEM.exec(first.rest);
  if (!subsystem) return { ...NO_PARTS, level: first.level, message: first.rest };
  const rest = first.rest.slice(subsystem[0].length);
  const second = first.level ? { level: first.level, rest } : takeLevel(rest);
  return {
    ...NO_PARTS,
    level: second.level,
    subsystem: subsystem[1] ?? null,
    message: second.rest,
  };
}

function takeLevel(text: string): { level: LogLevel | null; rest: string } {
  const match = LEVEL.exec(text);
  if (!match) return { level: null, rest: text };
  return { level: levelOf(match[1] ?? match[2] ?? match[3]), rest: text.slice(match[0].length) };
}

function levelOf(word: unknown): LogLevel | null {
  if (typeof word !== "string") return null;
  const name = word.toLowerCase();
  return name === "warning" ? "warn" : (LEVELS.find((level) => level === name) ?? null);
}

function parseJsonLine(text: string): LogParts | null {
  let fields: LogFields;
  try {
    // It begins with a brace: valid JSON is an object.
    fields = JSON.parse(text);
  } catch {
    return null;
  }
  const { level, subsystem, message = fields.msg } = fields;
  return {
    level: levelOf(level),
    subsystem: typeof subsystem === "string" ? subsystem : null,
    message: typeof message === "string" ? message : text,
    fields,
  };
}

/** The local time of day of an RFC 3339 timestamp: `16:22:07.707`. */
export function localTime(ts: string): string {
  const date = new Date(ts);
  const two = (value: number) => String(value).padStart(2, "0");
  const milliseconds = String(date.getMilliseconds()).padStart(3, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}
