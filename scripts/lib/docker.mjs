/** Starts a Docker Engine where permitted; otherwise says in one sentence what is missing. */
import { existsSync } from "node:fs";
import { aptInstall, aptKnows, aptUpdate } from "./apt.mjs";
import { dockerAdvice } from "./docker-advice.mjs";
import { dockerProblem } from "./docker-api.mjs";
import { planDocker } from "./docker-plan.mjs";
import { startDocker } from "./docker-start.mjs";
import { findProgram } from "./find-program.mjs";
import { readIfThere } from "./stamp.mjs";
import { say, warn } from "./words.mjs";

async function gatherFacts(mayInstall) {
  return {
    problem: await dockerProblem(),
    platform: process.platform,
    root: process.getuid?.() === 0,
    osRelease: (await readIfThere("/etc/os-release")) ?? "",
    mayInstall,
    hostSet: Boolean(process.env.DOCKER_HOST),
    hasDockerd: Boolean(findProgram("dockerd")),
    systemd: existsSync("/run/systemd/system"),
  };
}

/** From Debian 13 on the client is a package of its own; the image script needs it. */
async function installDocker() {
  say("Installing Docker (docker.io)…", "正在安装 Docker（docker.io）…");
  await aptUpdate();
  const client = (await aptKnows("docker-cli")) ? ["docker-cli"] : [];
  await aptInstall(["docker.io", "iptables", ...client]);
}

async function setUp(plan) {
  if (plan.install) await installDocker();
  if (!(await dockerProblem())) return;
  say("Starting Docker…", "正在启动 Docker…");
  await startDocker(plan.via);
}

/**
 * Returns true when the engine answers. Never throws: the panel starts without Docker and says so
 * on its page.
 */
export async function ensureDocker({ mayInstall = true } = {}) {
  const facts = await gatherFacts(mayInstall);
  const plan = planDocker(facts);
  if (plan.action === "none") return true;
  if (plan.action === "advise") {
    warn(dockerAdvice(plan.advice, { host: process.env.DOCKER_HOST, problem: facts.problem }));
    return false;
  }
  try {
    await setUp(plan);
    return true;
  } catch (error) {
    warn(`Docker: ${error.message}`);
    return false;
  }
}
