/**
 * The root of a Debian with a current Docker Engine, shared by all runs and checkouts of this user.
 */
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { aptInstall } from "./apt.mjs";
import { debianMirror } from "./debian-mirror.mjs";
import { findProgram } from "./find-program.mjs";
import { mustRun } from "./run.mjs";
import { say } from "./words.mjs";

const FOLDER = path.join(os.homedir(), ".cache", "clawmultideploy");
const ROOT = path.join(FOLDER, "current-engine");
const SUITE = "sid"; // the release with Debian's newest docker.io
const PACKAGES = "docker.io,docker-cli,iptables,ca-certificates";

/** The folder of that root, created once: about a minute and 600 MB. */
export async function currentEngineRoot() {
  if (existsSync(ROOT)) return ROOT;
  if (!findProgram("debootstrap")) await aptInstall(["debootstrap"]);
  say("Fetching a current Docker Engine for the tests…", "正在为测试获取新版 Docker…");
  const half = `${ROOT}.${process.pid}`;
  await mkdir(FOLDER, { recursive: true });
  try {
    const args = ["--variant=minbase", `--include=${PACKAGES}`, SUITE, half, await debianMirror()];
    await mustRun("debootstrap", "debootstrap", args);
    await rename(half, ROOT);
  } finally {
    await rm(half, { recursive: true, force: true });
  }
  return ROOT;
}
