/**
 * Runs one suite of the table: its command with our terminal as output, limited in time, counted at
 * its end.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import path from "node:path";
import { suiteResult } from "./counts.mjs";
import { readIfThere } from "./stamp.mjs";

const DEFAULT_MINUTES = 5;

/** Ends a child with its descendants: its process group where there are groups. */
export function killTree(child, signal) {
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** → {code, timedOut}; `onChild` receives the running child, and undefined when it has ended. */
async function runBounded({ file, args, cwd }, { env, minutes, onChild }) {
  const child = spawn(file, args, {
    cwd,
    env,
    stdio: ["ignore", "inherit", "inherit"],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killTree(child, "SIGKILL");
  }, minutes * 60_000);
  onChild(child);
  try {
    const [code, signal] = await once(child, "close");
    return { code: code ?? signal, timedOut };
  } finally {
    clearTimeout(timer);
    onChild(undefined);
    killTree(child, "SIGKILL"); // a child that a test did not end
  }
}

/** `wrap`: the prefix of the suite's command. */
export async function runSuite(suite, { node, env, wrap = [], reports, onChild }) {
  const minutes = suite.minutes ?? DEFAULT_MINUTES;
  const reportFile = suite.report && path.join(reports, suite.report);
  if (reportFile) await rm(reportFile, { force: true });
  const { cwd, ...own } = suite.command({ node, reportFile });
  const [file, ...args] = [...wrap, own.file, ...own.args];
  const { code, timedOut } = await runBounded({ file, args, cwd }, { env, minutes, onChild });
  const report = reportFile && (await readIfThere(reportFile));
  const failures = suite.failures?.(report) ?? [];
  const result = { ...suiteResult(code, suite.counts({ code, report })), failures };
  return timedOut ? { ...result, note: `stopped after ${minutes} minutes` } : result;
}
