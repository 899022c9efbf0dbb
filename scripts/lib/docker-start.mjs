/** Starts dockerd on this machine and waits until it answers. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { dockerProblem } from "./docker-api.mjs";
import { DOCKERD_PID, removeStalePids } from "./docker-pid.mjs";
import { findProgram } from "./find-program.mjs";
import { mustRun } from "./run.mjs";
import { readIfThere } from "./stamp.mjs";
import { Sentence } from "./words.mjs";

const LOG = "/var/log/dockerd.log"; // it may outlive us and this checkout
const DEADLINE_MS = 60_000;
const POLL_MS = 200;

/**
 * Polls (Docker has no event for being ready) until `problem()` is undefined; `gaveUp()` ends the
 * wait early with a reason.
 */
export async function waitUntilAnswers({ problem, gaveUp, deadlineMs = DEADLINE_MS }) {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const reason = await problem();
    if (!reason) return;
    const early = gaveUp();
    if (early) throw new Sentence(early);
    if (Date.now() > end) {
      throw new Sentence(`Docker did not answer within ${deadlineMs / 1000} s (${reason}).`);
    }
    await delay(POLL_MS);
  }
}

/**
 * A daemon must not use this process's temporary folder: once that is gone, every exec in it fails.
 */
export function daemonEnvironment({ TMPDIR, TEMP, TMP, DOCKER_TMPDIR, ...kept }) {
  return kept;
}

/** dockerd in a session of its own, so that Ctrl-C in our terminal does not end it. */
async function spawnDockerd() {
  await removeStalePids();
  if (existsSync(DOCKERD_PID)) return () => undefined; // one is already starting: wait for that
  const log = await open(LOG, "w");
  try {
    const child = spawn(findProgram("dockerd") ?? "dockerd", [], {
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
      cwd: "/",
      env: daemonEnvironment(process.env),
    });
    let ended;
    child.on("error", (error) => {
      ended = error.message;
    });
    child.on("exit", (code, signal) => {
      ended = `dockerd ended (${signal ?? `exit code ${code}`})`;
    });
    child.unref();
    return () => ended;
  } finally {
    await log.close();
  }
}

async function withLogTail(error) {
  const log = await readIfThere(LOG);
  if (!log) return error;
  const tail = log.trimEnd().split("\n").slice(-8).join("\n");
  return new Sentence(`${error.message}\n${tail}\n(${LOG})`);
}

export async function startDocker(via) {
  const problem = () => dockerProblem();
  if (via === "systemd") {
    await mustRun("systemctl start docker", "systemctl", ["start", "docker"]);
    await waitUntilAnswers({ problem, gaveUp: () => undefined });
    return;
  }
  const gaveUp = await spawnDockerd();
  try {
    await waitUntilAnswers({ problem, gaveUp });
  } catch (error) {
    throw await withLogTail(error);
  }
}
