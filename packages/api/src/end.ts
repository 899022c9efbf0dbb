import type { LogOutput } from "./log-output.ts";

/** How long the panel's parts may take to end in order. */
const LIMIT_MS = 20_000;

/**
 * Resolves when the panel is asked to end. It ends then in any case: by SIGKILL when its parts have
 * not ended within the limit, which also helps where a thread hangs in a call to the system, as
 * `process.exit` waits for those; and at once when it is asked a second time.
 */
export function whenAskedToEnd(output: LogOutput, limitMs = LIMIT_MS): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      setTimeout(() => {
        output.write(`The panel did not end in order within ${limitMs / 1_000} s.\n`);
        process.kill(process.pid, "SIGKILL");
      }, limitMs).unref();
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, end);
  });
}
