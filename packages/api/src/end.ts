import { messageOf } from "@claw/core/errors";
import type { LogOutput } from "./log-output.ts";

/** Limit for an orderly shutdown. */
const LIMIT_MS = 20_000;

/**
 * Resolves when the panel is asked to end. Guarantees the end: SIGKILL when the parts exceed the
 * limit, even if a thread hangs in a system call, which `process.exit` would wait for; and
 * immediately on the second request.
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

/** Runs the panel, then exits at once: with 0, or with 1 and the reason on standard error. */
export async function exitAfter(run: () => Promise<void>): Promise<never> {
  try {
    await run();
    process.exitCode = 0;
  } catch (error) {
    console.error(`The panel could not start. ${messageOf(error)}`);
    process.exitCode = 1;
  }
  // Otherwise Node would wait for a pipe's reader to catch up.
  process.exit();
}
