/** Run every rule over the project: `node scripts/checks/run.mjs [--first-load]`. Exit code 1 when one is broken. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { inRoot, ROOT } from "../lib/paths.mjs";
import { listFiles } from "../lib/stamp.mjs";
import { checkCycles } from "./cycles.mjs";
import { checkDependencies } from "./dependencies.mjs";
import { checkFirstLoad } from "./first-load.mjs";
import { checkImports } from "./import-rules.mjs";
import { checkLockFile } from "./lock-file.mjs";
import { checkNamedTests, testsOf } from "./named-tests.mjs";
import { checkNodeVersion } from "./node-version.mjs";
import { parseFile } from "./parse.mjs";
import { readProject } from "./project.mjs";
import { checkPurity } from "./purity.mjs";
import { checkNames, checkSize, sizes } from "./shape.mjs";
import { checkTested } from "./tested.mjs";
import { checkUnusedExports, checkUnusedFiles } from "./unused.mjs";
import { checkWebRooms } from "./web-rooms.mjs";

const RULES = [
  checkImports,
  checkWebRooms,
  checkCycles,
  checkPurity,
  checkSize,
  checkNames,
  checkTested,
  checkUnusedExports,
  checkUnusedFiles,
];

/** Documents that name tests as proof. */
const PROMISES = ["docs/reliability.md", "SECURITY.md"];

/** Files that are no sources of the project but may name a package. */
const NAMES_PACKAGES = /(tsconfig[\w.]*\.json|\.css|\.html|\.config\.ts|\.d\.ts|\.mjs)$/;

async function textsOf(folder, wanted) {
  const files = await listFiles(inRoot(folder));
  return Promise.all(files.filter((file) => wanted.test(file)).map((f) => readFile(f, "utf8")));
}

async function workspaces({ files, packages }) {
  const members = packages.map(async ({ folder, manifest }) => ({
    folder,
    manifest,
    sources: [...files.values()].filter(({ name }) => name.startsWith(`${folder}/`)),
    texts: await textsOf(folder, NAMES_PACKAGES),
  }));
  const manifest = JSON.parse(await readFile(inRoot("package.json"), "utf8"));
  const scripts = (await listFiles(inRoot("scripts"))).filter((file) => file.endsWith(".mjs"));
  const sources = [];
  const texts = [
    Object.values(manifest.scripts)
      .join("\n")
      .replaceAll(/[\w-]+/g, '"$&"'),
  ];
  for (const file of scripts) {
    const text = await readFile(file, "utf8");
    const name = path.relative(ROOT, file).split(path.sep).join("/");
    texts.push(text);
    if (!file.endsWith(".test.mjs")) sources.push({ name, ...parseFile(text, name) });
  }
  return [...(await Promise.all(members)), { folder: ".", manifest, sources, texts }];
}

async function promises() {
  return new Map(
    await Promise.all(PROMISES.map(async (name) => [name, await readFile(inRoot(name), "utf8")])),
  );
}

const project = await readProject(ROOT);
const violations = RULES.flatMap((rule) => rule(project));
violations.push(...checkDependencies(await workspaces(project)));
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
