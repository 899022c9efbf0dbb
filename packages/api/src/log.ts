import { pino } from "pino";
import { type LogOutput, standardOutput } from "./log-output.ts";

/** The panel's own log. Never given a token, a key or the text of a configuration. */
export type Log = Pick<ReturnType<typeof pino>, "debug" | "info" | "warn" | "error">;

/** pino's own output would try again for ever on a full disk, and hold up the exit. */
export function createLog(level: string, output: LogOutput = standardOutput()) {
  return pino({ level, base: null }, output);
}
