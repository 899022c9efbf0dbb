/** Run long-lived children with our terminal, hand them our signals, end together, and report one exit code. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { isatty } from "node:tty";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const GRACE_MS = 15_000;

/**
 * Ctrl-C in a terminal reaches the whole process group, children included: only a signal sent to us alone is passed on.
 * On Windows kill() would end a child at once, and the console has told it already.
 */
export function shouldForward(signal, { platform, isTerminal }) {
  return platform !== "win32" && !(signal === "SIGINT" && isTerminal);
}

/** A child that ends because we were asked to stop has ended well. */
export function exitCodeOf({ code, signal }, stopping) {
  if (stopping && (code === 0 || signal || code === 130 || code === 143)) return 0;
  return code ?? 1;
}

/** children: [{file, args, options}]. Resolves with the exit code of the first to end, once all have ended. */
export async function supervise(children) {
  let stopping = false;
  const running = new Set();
  const stopAll = (signal) => {
    for (const child of running) child.kill(signal);
  };
  const handlers = SIGNALS.map((signal) => {
    const handler = () => {
      const first = !stopping;
      stopping = true;
      const isTerminal = isatty(0);
      if (first && shouldForward(signal, { platform: process.platform, isTerminal }))
        stopAll(signal);
    };
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  const ends = children.map(async ({ file, args, options }) => {
    const child = spawn(file, args, { stdio: "inherit", windowsHide: false, ...options });
    running.add(child);
    try {
      const [code, signal] = await once(child, "exit");
      return { code, signal };
    } finally {
      running.delete(child);
    }
  });
  try {
    const first = await Promise.race(ends);
    return exitCodeOf(first, stopping);
  } finally {
    if (!stopping) stopAll("SIGTERM");
    const timer = setTimeout(() => stopAll("SIGKILL"), GRACE_MS);
    await Promise.allSettled(ends);
    clearTimeout(timer);
    for (const off of handlers) off();
  }
}
