import { pino } from "pino";

/** The panel's own log. Never given a token, a key or the text of a configuration. */
export type Log = Pick<ReturnType<typeof pino>, "debug" | "info" | "warn" | "error">;

export function createLog(level: string) {
  return pino({ level, base: null });
}
