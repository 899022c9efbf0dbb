/**
 * Docker Engines for tests, beside the machine's: each in its own network and mount namespace,
 * because a second daemon in the machine's would rewrite its firewall. Ports are published inside,
 * so a suite that uses one runs there.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { aptInstall } from "./apt.mjs";
import { dockerProblem } from "./docker-api.mjs";
import { pidIn } from "./docker-pid.mjs";
import { waitUntilAnswers } from "./docker-start.mjs";
import { findProgram } from "./find-program.mjs";
import { mustRun } from "./run.mjs";
import { isAlive } from "./run-folder.mjs";
import { readIfThere } from "./stamp.mjs";
import { Sentence } from "./words.mjs";

const PREFIX = "claw-test-";
const NAMESPACES = "/run/netns";
const STOP_MS = 30_000;
const POLL_MS = 100;

/**
 * The daemon sees `folders` under their own paths, and otherwise the root of another Debian
 * release.
 */
const IN_ANOTHER_ROOT = `set -e
merged=$1 layers=$2; shift 2
mount -t overlay overlay -o "$layers" "$merged"
mount -t proc proc "$merged/proc"; mount -t sysfs sysfs "$merged/sys"
mount --rbind /sys/fs/cgroup "$merged/sys/fs/cgroup"; mount --rbind /dev "$merged/dev"
while [ "$1" != -- ]; do mkdir -p "$merged$1"; mount --bind "$1" "$merged$1"; shift; done; shift
cd "$merged"; pivot_root . mnt; umount -l /mnt
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"`;

/** Runs a command in an engine's network: ports of its containers are only on that loopback. */
const inNetwork = (name) => ["nsenter", `--net=${path.join(NAMESPACES, name)}`];

async function makeNetwork(name) {
  if (!findProgram("ip")) await aptInstall(["iproute2"]);
  await mustRun("ip netns add", "ip", ["netns", "add", name]);
  const [file, ...args] = inNetwork(name);
  const lines = "ip link set lo up; sysctl -qw net.ipv4.ip_forward=1";
  await mustRun("a network for Docker", file, [...args, "sh", "-ec", lines]);
}

/** argv of a daemon whose files all lie in `state` and `data`; `root`: see IN_ANOTHER_ROOT. */
async function daemon({ state, data, root, folders }) {
  const dockerd = [
    ...["dockerd", "-H", `unix://${state}/docker.sock`, "-p", `${state}/docker.pid`],
    ...["--data-root", path.join(data, "docker"), "--exec-root", `${state}/exec`],
  ];
  const apart = ["unshare", "--mount", "--propagation", "private"];
  if (!root) return [...apart, ...dockerd];
  const [upper, work, merged] = ["upper", "work", "merged"].map((name) => path.join(data, name));
  for (const folder of [upper, work, merged]) await mkdir(folder, { recursive: true });
  const layers = `lowerdir=${root},upperdir=${upper},workdir=${work}`;
  const seen = [...new Set([state, data, ...folders])];
  return [...apart, "sh", "-c", IN_ANOTHER_ROOT, "sh", merged, layers, ...seen, "--", ...dockerd];
}

async function launch(name, argv, log) {
  const output = await open(log, "a");
  const [file, ...args] = [...inNetwork(name), ...argv];
  const child = spawn(file, args, {
    detached: true,
    cwd: "/",
    stdio: ["ignore", output.fd, output.fd],
  });
  let ended;
  child.on("exit", (code, signal) => {
    ended = `dockerd ended (${signal ?? `exit code ${code}`}), see ${log}`;
  });
  child.unref();
  await output.close();
  return () => ended;
}

/**
 * Starts an engine. `folder`: for its data and log, on a real disk; `folders`: what else containers
 * may mount. → {env, wrap, stop}: a suite runs with this environment and its command behind `wrap`.
 * With CLAW_TEST_DOCKERD and CLAW_TEST_DOCKERD_PID a suite can stop and restart the daemon.
 */
export async function startTestEngine(kind, { folder, folders = [], root }) {
  if (process.platform !== "linux" || process.getuid?.() !== 0)
    throw new Sentence("a Docker Engine of the tests' own needs Linux and root");
  const name = `${PREFIX}${process.pid}-${kind}`;
  const state = path.join("/run", name);
  const data = path.join(folder, `engine-${kind}`);
  for (const each of [state, data]) await mkdir(each, { recursive: true });
  const stop = async () => {
    await stopTestEngine(name);
    await rm(data, { recursive: true, force: true });
  };
  try {
    await makeNetwork(name);
    const argv = await daemon({ state, data, root, folders });
    const gaveUp = await launch(name, argv, path.join(data, "dockerd.log"));
    const env = {
      DOCKER_HOST: `unix://${state}/docker.sock`,
      CLAW_TEST_DOCKERD: JSON.stringify(argv),
      CLAW_TEST_DOCKERD_PID: `${state}/docker.pid`,
    };
    await waitUntilAnswers({ problem: () => dockerProblem({ env }), gaveUp });
    return { env, wrap: inNetwork(name), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ends the daemon, whoever started it last, and removes its network. */
async function stopTestEngine(name) {
  const state = path.join("/run", name);
  const pid = pidIn((await readIfThere(path.join(state, "docker.pid"))) ?? "");
  if (pid !== undefined && isAlive(pid)) {
    process.kill(pid, "SIGTERM");
    await untilGone(pid);
  }
  if (existsSync(path.join(NAMESPACES, name)))
    await mustRun("ip netns del", "ip", ["netns", "del", name]);
  await rm(state, { recursive: true, force: true });
}

async function untilGone(pid) {
  const end = Date.now() + STOP_MS;
  while (isAlive(pid)) {
    if (Date.now() > end) throw new Sentence(`the tests' dockerd ${pid} does not end`);
    await delay(POLL_MS); // not our child: its end has no event
  }
}

/** Engines of test runs: by default of those that have ended. */
export async function testEngines(belongs = (pid) => !isAlive(pid)) {
  const names = existsSync(NAMESPACES) ? await readdir(NAMESPACES) : [];
  return names.filter((name) => {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    return pid !== undefined && belongs(Number(pid));
  });
}

/** A killed run leaves its engines; the next run ends them. */
export async function sweepTestEngines() {
  for (const name of await testEngines()) await stopTestEngine(name);
}
