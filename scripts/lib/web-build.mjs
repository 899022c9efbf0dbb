/** Build the web page when its sources have changed since the last build. */
import path from "node:path";
import { packageBin } from "./package-bin.mjs";
import { inRoot, ROOT } from "./paths.mjs";
import { mustRun } from "./run.mjs";
import { hashFiles, isFresh, listFiles, writeStamp } from "./stamp.mjs";
import { say } from "./words.mjs";

const SOURCES = ["packages/web", "packages/core/src", "packages/api/src", "package-lock.json"];
const STAMP = inRoot("packages", "web", "dist", ".build-stamp");
const isTest = (file) => /\.(test|contract)\.tsx?$/.test(file);

export async function webKey() {
  const files = (await Promise.all(SOURCES.map((source) => listFiles(inRoot(source))))).flat();
  return hashFiles(
    files.filter((file) => !isTest(file)),
    ROOT,
  );
}

/** Returns true when the page was built. */
export async function buildWeb(node) {
  const key = await webKey();
  if (await isFresh(STAMP, key)) return false;
  say("Building the web page…", "正在构建网页…");
  const cwd = inRoot("packages", "web");
  const vite = packageBin("vite", path.join("packages", "web"));
  await mustRun("vite build", node, [vite, "build", "--logLevel", "warn"], { cwd });
  await writeStamp(STAMP, key);
  return true;
}
