import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { eventually } from "./deadline.ts";
import { docker } from "./docker.ts";

const PID_FILE = "/var/run/docker.pid";
const WITHIN_MS = 60_000;

/** Ends this machine's Docker daemon as a service manager does, and waits until it is gone. */
export async function stopDockerd(): Promise<void> {
  const pid = Number(await readFile(PID_FILE, "utf8"));
  process.kill(pid, "SIGTERM");
  await eventually(() => {
    if (isAlive(pid)) throw new Error(`dockerd ${pid} has not ended`);
  }, WITHIN_MS);
}

/** Starts the Docker daemon again, apart from this process, and waits until it answers. */
export async function startDockerd(): Promise<void> {
  const log = openSync(path.join(tmpdir(), "dockerd.log"), "a");
  const child = spawn("dockerd", [], { detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  child.unref();
  await eventually(() => docker("version"), WITHIN_MS);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}
