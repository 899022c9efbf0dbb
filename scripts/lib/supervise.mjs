/**
 * Runs long-lived children with our terminal, forwards our signals, ends them together, and reports
 * one exit code.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { isatty } from "node:tty";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const GRACE_MS = 15_000;
const PARENT_POLL_MS = 500;

/**
 * Ctrl-C in a terminal reaches the whole process group including children: forward only a signal
 * sent to us alone. On Windows kill() would end a child at once, and the console has already
 * notified it.
 */
export function shouldForward(signal, { platform, isTerminal }) {
  return platform !== "win32" && !(signal === "SIGINT" && isTerminal);
}

/** A child that ends on request has ended well. */
export function exitCodeOf({ code, signal }, stopping) {
  if (stopping && (code === 0 || signal || code === 130 || code === 143)) return 0;
  return code ?? 1;
}

/**
 * npm sends a SIGTERM to the shell between us, and both die silently. There is no event for a
 * parent's end, so poll; without npm the parent may end at will (`node scripts/start.mjs &`).
 * Returns a function that stops the polling.
 */
function watchParent(onGone, env = process.env) {
  if (!env.npm_lifecycle_event || process.platform === "win32") return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, PARENT_POLL_MS);
  return () => clearInterval(timer);
}

/**
 * children: [{file, args, options}]. Resolves with the exit code of the first to end, once all have
 * ended.
 */
export async function supervise(children) {
  let stopping = false;
  const running = new Set();
  const stopAll = (signal) => {
    for (const child of running) child.kill(signal);
  };
  const stop = (signal) => {
    const first = !stopping;
    stopping = true;
    const facts = { platform: process.platform, isTerminal: isatty(0) };
    if (first && shouldForward(signal, facts)) stopAll(signal);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const stopWatching = watchParent(() => stop("SIGTERM"));
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
    stopWatching();
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}
