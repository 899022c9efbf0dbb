/**
 * Removes stale pid files: dockerd refuses to start when another process has taken the number
 * since.
 */
import { unlink } from "node:fs/promises";
import { readIfThere } from "./stamp.mjs";

export const DOCKERD_PID = "/var/run/docker.pid";
const PID_FILES = {
  [DOCKERD_PID]: "dockerd",
  "/var/run/docker/containerd/containerd.pid": "containerd",
};

/** The number in a pid file, or undefined when there is none. */
export const pidIn = (content) => {
  const digits = /^\s*(\d+)\s*$/.exec(content)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** `program`: the program of that process (undefined without a process). */
export function isStalePid(content, program, expected) {
  return pidIn(content) === undefined || program?.split("/").at(-1) !== expected;
}

async function programOf(pid) {
  const commandLine = await readIfThere(`/proc/${pid}/cmdline`);
  return commandLine?.split("\0")[0] || undefined;
}

/** Returns the removed files. */
export async function removeStalePids(files = PID_FILES, findProgram = programOf) {
  const removed = [];
  for (const [file, expected] of Object.entries(files)) {
    const content = await readIfThere(file);
    if (content === undefined) continue;
    const pid = pidIn(content);
    const program = pid === undefined ? undefined : await findProgram(pid);
    if (!isStalePid(content, program, expected)) continue;
    await unlink(file);
    removed.push(file);
  }
  return removed;
}
