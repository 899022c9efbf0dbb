/** A folder for a test run's temporary files, and the leftovers of earlier runs. */
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { CACHE } from "./paths.mjs";

const ALL_RUNS = path.join(CACHE, "tmp");

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (error.code === "ESRCH") return false;
    if (error.code === "EPERM") return true;
    throw error;
  }
}

/**
 * Folders are named after the process that created them. → {own, over: [folders of runs that have
 * ended], alone}; it lies in the project, so that a full or unusual /tmp does no harm.
 */
export async function openRunFolder({ base = ALL_RUNS, pid = process.pid, alive = isAlive } = {}) {
  await mkdir(base, { recursive: true });
  const names = (await readdir(base)).filter((name) => name !== String(pid));
  const isRunning = (name) => /^\d+$/.test(name) && alive(Number(name));
  const own = path.join(base, String(pid));
  await rm(own, { recursive: true, force: true });
  await mkdir(own);
  return {
    own,
    over: names.filter((name) => !isRunning(name)).map((name) => path.join(base, name)),
    alone: !names.some(isRunning),
  };
}

export async function removeFolders(folders) {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}
