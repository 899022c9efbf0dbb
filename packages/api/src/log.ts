import { pino } from "pino";
import { type LogOutput, standardOutput } from "./log-output.ts";

/** The panel's own log. Never log tokens, keys or the text of a configuration. */
export type Log = Pick<ReturnType<typeof pino>, "debug" | "info" | "warn" | "error">;

/** pino's own output would retry forever on a full disk and block the exit. */
export function createLog(level: string, output: LogOutput = standardOutput()) {
  return pino({ level, base: null }, output);
}
