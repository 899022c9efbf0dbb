/** Installs the locked dependencies when they are missing or the lockfile has changed. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { findNpm, isInside } from "./npm-cli.mjs";
import { inRoot, MODULES, ROOT } from "./paths.mjs";
import { mustRun } from "./run.mjs";
import { isFresh, writeStamp } from "./stamp.mjs";
import { say } from "./words.mjs";

const STAMP = path.join(MODULES, ".claw-install-stamp");

/**
 * The stamp's content: lockfile and platform, since the lockfile's optional packages differ by
 * platform.
 */
export function lockKey(lockText, platform = process.platform, arch = process.arch) {
  const hash = createHash("sha256").update(lockText.replaceAll("\r\n", "\n")).digest("hex");
  return `${hash} ${platform}-${arch}`;
}

/**
 * `npm ci`, except when this process runs from node_modules on Windows: the running node.exe cannot
 * be deleted, and `npm install` from the same lockfile leaves it in place.
 */
export function npmArguments(platform, runsFromModules) {
  const verb = platform === "win32" && runsFromModules ? "install" : "ci";
  return [verb, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
}

/** Returns true when something was installed. */
export async function installDependencies() {
  const key = lockKey(await readFile(inRoot("package-lock.json"), "utf8"));
  if (await isFresh(STAMP, key)) return false;
  say("Installing the locked dependencies (1–2 minutes)…", "正在安装锁定的依赖（约 1–2 分钟）…");
  const { node, cli } = findNpm();
  const args = npmArguments(process.platform, isInside(process.execPath, MODULES));
  await mustRun("npm", node, [cli, ...args], { cwd: ROOT });
  await writeStamp(STAMP, key);
  return true;
}
