/**
 * The web page, the panel's bundle and that of the browser tests' rigged panel, each built when its
 * sources have changed since its last build.
 */
import path from "node:path";
import { packageBin } from "./package-bin.mjs";
import { inRoot, ROOT } from "./paths.mjs";
import { mustRun } from "./run.mjs";
import { hashFiles, isFresh, listFiles, writeStamp } from "./stamp.mjs";
import { say } from "./words.mjs";

const PANEL = [
  "packages/api/src",
  "packages/api/scripts",
  "packages/core/src",
  "package-lock.json",
];
const RIGGED = "e2e/support/memory-panel.ts";

const BUILDS = {
  web: {
    folder: path.join("packages", "web"),
    output: "dist",
    sources: ["packages/web", "packages/core/src", "package-lock.json"],
    command: (folder) => [packageBin("vite", folder), "build", "--logLevel", "warn"],
    words: ["Building the web page…", "正在构建网页…"],
  },
  api: {
    folder: path.join("packages", "api"),
    output: "dist",
    sources: PANEL,
    command: () => [path.join("scripts", "bundle.mjs")],
    words: ["Building the panel…", "正在构建面板…"],
  },
  rigged: {
    folder: path.join("packages", "api"),
    output: "dist-rigged",
    sources: [...PANEL, RIGGED],
    command: () => [path.join("scripts", "bundle.mjs"), "dist-rigged", inRoot(RIGGED)],
    words: ["Building the panel of the browser tests…", "正在构建浏览器测试用的面板…"],
  },
};
const isTest = (file) => /\.(test|contract)\.tsx?$/.test(file);

async function keyOf({ sources }) {
  const files = (await Promise.all(sources.map((source) => listFiles(inRoot(source))))).flat();
  return hashFiles(
    files.filter((file) => !isTest(file)),
    ROOT,
  );
}

/** name: "web", "api" or "rigged". Returns true when it was built. */
export async function buildIfChanged(name, node) {
  const build = BUILDS[name];
  const cwd = inRoot(build.folder);
  const stamp = path.join(cwd, build.output, ".build-stamp");
  const key = await keyOf(build);
  if (await isFresh(stamp, key)) return false;
  say(...build.words);
  await mustRun(`the build of ${build.folder}`, node, build.command(build.folder), { cwd });
  await writeStamp(stamp, key);
  return true;
}
