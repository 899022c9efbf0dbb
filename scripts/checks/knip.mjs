/**
 * Unused files, exports and packages, and undeclared packages: the report of knip by knip.jsonc.
 */
import { createRequire } from "node:module";
import path from "node:path";
import { inRoot, ROOT } from "../lib/paths.mjs";
import { run } from "../lib/run.mjs";

const KNIP = path.join(
  path.dirname(createRequire(import.meta.url).resolve("knip")),
  "..",
  "bin",
  "knip.js",
);

/**
 * First everything; then without tests, benchmarks and configurations, to find what the product
 * does not use.
 */
const RUNS = [[], ["--production", "--include", "files,dependencies"]];

const MESSAGES = {
  files: () => "no entry reaches this file",
  dependencies: (name) => `${name} is not used`,
  devDependencies: (name) => `${name} is not used`,
  optionalPeerDependencies: (name) => `${name} is an optional peer, and not declared`,
  unlisted: (name) => `${name} is not declared in this workspace's package.json`,
  binaries: (name) => `no declared package brings the command ${name}`,
  unresolved: (name) => `${name} leads nowhere`,
  exports: (name) => `nobody imports ${name}`,
  types: (name) => `nobody imports the type ${name}`,
  duplicates: (name) => `${name} is exported twice`,
};

/** knip exits with 1 after findings, and with 2 after a failure, with its reason. */
async function issuesOf(root, args) {
  const config = inRoot("knip.jsonc");
  const { code, output } = await run(
    process.execPath,
    [KNIP, "--reporter", "json", "--no-progress", "--no-config-hints", "--config", config, ...args],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
  );
  if (code > 1) throw new Error(`knip failed: exit code ${code}`);
  return JSON.parse(output).issues;
}

function violationsOf({ file, owners, ...kinds }) {
  return Object.entries(kinds).flatMap(([kind, found]) =>
    found.flat().map(({ name, line = 1 }) => ({
      rule: "unused",
      file,
      line,
      message: (MESSAGES[kind] ?? ((what) => `${kind}: ${what}`))(name),
    })),
  );
}

export async function checkUnused(root = ROOT) {
  const issues = await Promise.all(RUNS.map((args) => issuesOf(root, args)));
  const violations = issues.flat().flatMap(violationsOf);
  return [...new Map(violations.map((one) => [JSON.stringify(one), one])).values()];
}
