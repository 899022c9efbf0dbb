/** Everything that `npm test` runs, in order: needs, command, and how its tests are counted. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { tapCounts, vitestCounts } from "./counts.mjs";
import { tapFailures, vitestFailures } from "./failures.mjs";
import { packageBin } from "./package-bin.mjs";
import { inRoot, ROOT } from "./paths.mjs";
import { filesThatSample } from "./sampling.mjs";

/** A command that passes or fails as a whole. */
const check = (name, args, { needs = [] } = {}) => ({
  name,
  needs,
  command: ({ node }) => ({ file: node, args: args(), cwd: ROOT }),
  counts: ({ code }) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }),
});

/** The type check of every tsconfig of a workspace. */
const types = (workspace) => {
  const folder = inRoot(workspace);
  const configs = existsSync(folder)
    ? readdirSync(folder).filter((name) => /^tsconfig(\.\w+)?\.json$/.test(name))
    : [];
  const files = configs.length > 0 ? configs : ["tsconfig.json"];
  return files.map((file) => {
    const name = file === "tsconfig.json" ? workspace : `${workspace} ${file.split(".")[1]}`;
    const project = path.join(workspace, file);
    return check(`types ${name}`, () => [packageBin("typescript", ".", "tsc"), "-p", project]);
  });
};

/**
 * A vitest project of one workspace (`*`: any ending), or its files whose path contains `files`; `engine`: see
 * test-engines.mjs.
 */
const vitest = (
  name,
  workspace,
  project,
  { needs = [], minutes = 10, engine = undefined, files = [] } = {},
) => ({
  name,
  needs,
  minutes,
  engine,
  report: `${name.replaceAll(" ", "-")}.json`,
  command: ({ node, reportFile }) => ({
    file: node,
    args: [
      packageBin("vitest", workspace),
      "run",
      ...(project ? ["--project", project] : []),
      "--reporter=default",
      "--reporter=json",
      `--outputFile=${reportFile}`,
      ...files,
    ],
    cwd: inRoot(workspace),
  }),
  counts: ({ report }) => vitestCounts(report),
  failures: vitestFailures,
});

const testFiles = (folder) => {
  const files = readdirSync(inRoot(folder)).filter((file) => file.endsWith(".test.mjs"));
  if (files.length === 0) throw new Error(`no tests in ${folder}`);
  return files.map((file) => path.join(folder, file));
};

/**
 * The scripts' own tests by node:test; `onAnyNode` runs them on the current Node, as on a fresh
 * machine.
 */
const nodeTest = (name, folder, { onAnyNode = false } = {}) => ({
  name,
  needs: [],
  report: `${name.replaceAll(" ", "-")}.tap`,
  command: ({ node, reportFile }) => ({
    file: onAnyNode ? process.execPath : node,
    args: [
      "--test",
      "--test-reporter=spec",
      "--test-reporter-destination=stdout",
      "--test-reporter=tap",
      `--test-reporter-destination=${reportFile}`,
      ...testFiles(folder),
    ],
    cwd: ROOT,
  }),
  counts: ({ report }) => tapCounts(report),
  failures: tapFailures,
});

const REAL = ["docker", "stub", "openclaw"];

export const SUITES = [
  check("lint", () => [
    packageBin("@biomejs/biome"),
    "ci",
    "--error-on-warnings",
    "--colors=off",
    ".",
  ]),
  ...["packages/core", "packages/api", "packages/web", "e2e"].flatMap(types),
  nodeTest("scripts", "scripts/lib", { onAnyNode: true }),
  nodeTest("checks", "scripts/checks"),
  check("rules", () => [inRoot("scripts", "checks", "run.mjs"), "--first-load"], {
    needs: ["web"],
  }),
  vitest("core unit", "packages/core"),
  vitest("api unit", "packages/api", "unit*", { minutes: 25 }),
  vitest("api proxies", "packages/api", "proxies", { needs: ["proxies"] }),
  vitest("web unit", "packages/web"),
  vitest("api docker", "packages/api", "docker", { needs: [...REAL, "compose"], minutes: 25 }),
  vitest("e2e memory", "e2e", "memory", { needs: ["chromium", "web"], minutes: 25 }),
  vitest("e2e docker", "e2e", "docker", { needs: [...REAL, "chromium", "web"], minutes: 20 }),
  vitest("api dockerd", "packages/api", "dockerd", { needs: ["docker"], engine: "own" }),
  vitest("api current docker", "packages/api", "docker", {
    needs: ["docker"],
    engine: "current",
    files: ["src/engine/docker"],
  }),
];

const deepFiles = (ending) =>
  filesThatSample(inRoot("packages", "api")).filter(
    (file) => file.endsWith(".docker.test.ts") === (ending === "docker"),
  );

/** The complete runs of the sampling suites above: many kills, cancellations and inputs. */
export const DEEP_SUITES = [
  vitest("deep unit", "packages/api", "unit", { minutes: 60, files: deepFiles("unit") }),
  vitest("deep docker", "packages/api", "docker", {
    needs: REAL,
    minutes: 60,
    files: deepFiles("docker"),
  }),
];

/** The suites whose name contains one of the words; all without words. */
export function selectSuites(words, suites = SUITES) {
  if (words.length === 0) return suites;
  return suites.filter((suite) => words.some((word) => suite.name.includes(word)));
}
