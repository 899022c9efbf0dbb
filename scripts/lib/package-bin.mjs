/**
 * The JavaScript entry of an installed package's command, so that it can run under a chosen Node
 * without a shell.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { inRoot } from "./paths.mjs";

/** e.g. packageBin("vite", "packages/web") → …/node_modules/vite/bin/vite.js */
export function packageBin(name, workspace = ".", command = name.split("/").at(-1)) {
  const require = createRequire(inRoot(workspace, "package.json"));
  const manifest = require.resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  const entry = typeof bin === "string" ? bin : bin?.[command];
  if (!entry) throw new Error(`${name} has no command ${command}`);
  return path.resolve(path.dirname(manifest), entry);
}
