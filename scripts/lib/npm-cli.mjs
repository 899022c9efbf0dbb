/** How to run npm without a shell: the Node that runs it and npm's own JavaScript entry. */
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { MODULES } from "./paths.mjs";
import { Sentence } from "./words.mjs";

/** Possible paths of npm's entry, best first. */
export function npmCandidates(env, execPath, p = path) {
  const beside = p.dirname(execPath);
  const cli = p.join("npm", "bin", "npm-cli.js");
  const onPath = (env.PATH ?? env.Path ?? "").split(p.delimiter).filter(Boolean);
  return [
    ...(/npm-cli\.c?js$/.test(env.npm_execpath ?? "") ? [env.npm_execpath] : []),
    p.join(beside, "node_modules", cli),
    p.join(beside, "..", "lib", "node_modules", cli),
    ...onPath.map((folder) => p.join(folder, "node_modules", cli)),
    ...onPath.map((folder) => p.join(folder, "..", "lib", "node_modules", cli)),
    p.join(beside, "..", "share", "nodejs", cli),
  ];
}

/**
 * {node, cli}; node lies outside node_modules where possible, since `npm ci` deletes that folder.
 */
export function findNpm(env = process.env, execPath = process.execPath, exists = existsSync) {
  const outside = env.npm_node_execpath;
  const node = isInside(execPath, MODULES) && outside && exists(outside) ? outside : execPath;
  const cli = npmCandidates(env, node).find((file) => exists(file));
  if (!cli) {
    throw new Sentence(
      "npm was not found beside Node; install Node.js with npm and run `npm start` again.",
      "在 Node 旁边没有找到 npm；请安装带 npm 的 Node.js，然后重新运行 `npm start`。",
    );
  }
  return { node, cli };
}

export function isInside(file, folder) {
  const real = existsSync(file) ? realpathSync(file) : file;
  const base = existsSync(folder) ? realpathSync(folder) : folder;
  const relative = path.relative(base, real);
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}
