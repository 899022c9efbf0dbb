import type { LogLevel } from "./log-text.ts";

/** The colour of a level's word. */
export const TONES: Record<LogLevel, string> = {
  trace: "text-text-3",
  debug: "text-text-3",
  info: "text-busy",
  warn: "text-unknown",
  error: "text-error",
  fatal: "text-error",
};

/** Only what a line says of itself: programs write warnings and progress to stderr, too. */
export const EDGES: Partial<Record<LogLevel, string>> = {
  warn: "border-l-unknown",
  error: "border-l-error",
  fatal: "border-l-error",
};
