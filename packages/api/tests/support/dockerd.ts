import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { eventually } from "./deadline.ts";
import { docker } from "./docker.ts";

const WITHIN_MS = 60_000;

/** The daemon of the tests' own engine; never the machine's, which others use. */
function own(name: "CLAW_TEST_DOCKERD" | "CLAW_TEST_DOCKERD_PID"): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(
    `${name} is not set: run \`npm test -- dockerd\`, which starts an engine for this`,
  );
}

/** Stops the tests' Docker daemon as a service manager does, and waits until it is gone. */
export async function stopDockerd(): Promise<void> {
  const pid = Number(await readFile(own("CLAW_TEST_DOCKERD_PID"), "utf8"));
  process.kill(pid, "SIGTERM");
  await eventually(() => {
    if (isAlive(pid)) throw new Error(`dockerd ${pid} has not ended`);
  }, WITHIN_MS);
}

/** Restarts it, detached from this process, and waits until it answers. */
export async function startDockerd(): Promise<void> {
  const [file = "", ...args]: string[] = JSON.parse(own("CLAW_TEST_DOCKERD"));
  const log = openSync(path.join(tmpdir(), "dockerd.log"), "a");
  const child = spawn(file, args, { detached: true, stdio: ["ignore", log, log] });
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
