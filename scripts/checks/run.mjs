/**
 * Runs every rule over the project: `node scripts/checks/run.mjs [--first-load]`. Exit code 1 after
 * a violation.
 */
import { readFile } from "node:fs/promises";
import { inRoot, ROOT } from "../lib/paths.mjs";
import { checkCycles } from "./cycles.mjs";
import { checkDoors } from "./doors.mjs";
import { checkFirstLoad } from "./first-load.mjs";
import { checkImports } from "./import-rules.mjs";
import { checkUnused } from "./knip.mjs";
import { checkLockFile } from "./lock-file.mjs";
import { checkNamedTests, testsOf } from "./named-tests.mjs";
import { checkNodeVersion } from "./node-version.mjs";
import { readProject } from "./project.mjs";
import { checkReached } from "./reached.mjs";
import { checkNames, sizes } from "./shape.mjs";
import { checkTested } from "./tested.mjs";
import { checkWebRooms } from "./web-rooms.mjs";

const RULES = [
  ...[checkImports, checkCycles, checkWebRooms, checkDoors],
  ...[checkNames, checkTested, checkReached],
];

/** Documents that name tests as proof. */
const PROMISES = ["docs/reliability.md", "SECURITY.md"];

async function promises() {
  return new Map(
    await Promise.all(PROMISES.map(async (name) => [name, await readFile(inRoot(name), "utf8")])),
  );
}

// It runs in parallel.
const unused = checkUnused();
const project = await readProject(ROOT);
const violations = RULES.flatMap((rule) => rule(project));
violations.push(...(await unused));
violations.push(...checkNamedTests(await promises(), testsOf(project)));
violations.push(...checkLockFile(JSON.parse(await readFile(inRoot("package-lock.json"), "utf8"))));
violations.push(
  ...checkNodeVersion(
    JSON.parse(await readFile(inRoot("package.json"), "utf8")),
    await readFile(inRoot(".nvmrc"), "utf8"),
  ),
);
const { files, p50, p90, max } = sizes(project);
console.log(`${files} source files; lines: p50 ${p50}, p90 ${p90}, longest ${max}`);
if (process.argv.includes("--first-load")) {
  const { bytes, violations: tooBig } = await checkFirstLoad(inRoot("packages", "web", "dist"));
  console.log(`first load: ${(bytes / 1000).toFixed(1)} kB of gzipped JavaScript`);
  violations.push(...tooBig);
}
for (const { rule, file, line, message } of violations) {
  console.error(`${file}:${line}  [${rule}] ${message}`);
}
console.log(violations.length === 0 ? "every rule holds" : `${violations.length} rules broken`);
process.exitCode = violations.length === 0 ? 0 : 1;
