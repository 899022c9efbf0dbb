import type { LogLevel } from "./log-text.ts";

/** Text colours of levels. */
export const TONES: Record<LogLevel, string> = {
  trace: "text-text-3",
  debug: "text-text-3",
  info: "text-busy",
  warn: "text-unknown",
  error: "text-error",
  fatal: "text-error",
};

/** Only the line's own level counts: programs write warnings and progress to stderr, too. */
export const EDGES: Partial<Record<LogLevel, string>> = {
  warn: "border-l-unknown",
  error: "border-l-error",
  fatal: "border-l-error",
};
