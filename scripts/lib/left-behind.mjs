/** Checks that a test run left nothing on the machine, and that Docker still works. */
import { readdir, readFile } from "node:fs/promises";
import { dockerProblem, dockerRequest } from "./docker-api.mjs";
import { STUB } from "./needs.mjs";
import { readIfThere } from "./stamp.mjs";
import { testEngines } from "./test-engine.mjs";

/**
 * The processes with `folder` as their TMPDIR, except `self`: everything that a suite starts
 * inherits it.
 */
export async function processesOf(folder, self = process.pid) {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = [];
  for (const pid of pids.map(Number).filter((each) => each !== self)) {
    const environment = await readProcess(pid, "environ");
    if (!environment.includes(`TMPDIR=${folder}`)) continue;
    const command = (await readProcess(pid, "cmdline")).join(" ").trim();
    if (command !== "") found.push(`process ${pid}: ${command.slice(0, 120)}`);
  }
  return found;
}

/** Empty when the process has ended meanwhile. */
async function readProcess(pid, name) {
  try {
    return (await readFile(`/proc/${pid}/${name}`, "utf8")).split("\0");
  } catch (error) {
    if (["ENOENT", "ESRCH", "EACCES", "EPERM"].includes(error.code)) return [];
    throw error;
  }
}

/** Mount points below `folder`, from the text of /proc/self/mountinfo. */
export function mountsBelow(folder, mountinfo) {
  return mountinfo
    .split("\n")
    .map((line) => line.split(" ")[4])
    .filter((place) => place === folder || place?.startsWith(`${folder}/`))
    .map((place) => `mount ${place}`);
}

/** Docker's `exec` fails when the daemon's temporary folder is gone: try one. */
async function execProblems() {
  if (await dockerProblem()) return [];
  if ((await dockerRequest("GET", `/images/${STUB}/json`)).status !== 200) return [];
  const create = { Image: STUB, Entrypoint: ["sleep", "60"], Labels: { "claw.test": "exec" } };
  const { Id } = await ask("POST", "/containers/create", create);
  try {
    await ask("POST", `/containers/${Id}/start`);
    const exec = { Cmd: ["true"], AttachStdout: true };
    const { Id: execId } = await ask("POST", `/containers/${Id}/exec`, exec);
    await ask("POST", `/exec/${execId}/start`, { Detach: false });
    const { ExitCode } = await ask("GET", `/exec/${execId}/json`);
    return ExitCode === 0 ? [] : [`docker exec ends with ${ExitCode}`];
  } catch (error) {
    return [`docker exec: ${error.message}`];
  } finally {
    await ask("DELETE", `/containers/${Id}?force=1&v=1`);
  }
}

async function ask(method, requestPath, body) {
  const answer = await dockerRequest(method, requestPath, { timeoutMs: 60_000, body });
  if (answer.status >= 400) throw new Error(`${method} ${requestPath}: ${answer.body}`);
  return answer.body.startsWith("{") ? JSON.parse(answer.body) : undefined;
}

/**
 * `folder`: this run's; stops its engines and removes its containers. → sentences, none when all is
 * well.
 */
export async function leftBehind(folder) {
  const mountinfo = (await readIfThere("/proc/self/mountinfo")) ?? "";
  return [
    ...(process.platform === "linux" ? await processesOf(folder) : []),
    ...mountsBelow(folder, mountinfo),
    ...(await testEngines((pid) => pid === process.pid)).map((name) => `network namespace ${name}`),
    ...(await execProblems()),
  ];
}
