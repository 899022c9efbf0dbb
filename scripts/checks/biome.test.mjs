/** The architecture rules that Biome checks (biome.json): a planted violation of each, and allowed code. */
import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { packageBin } from "../lib/package-bin.mjs";
import { inRoot } from "../lib/paths.mjs";
import { run } from "../lib/run.mjs";

const lines = (count) => `export const x = [\n${"1,\n".repeat(count - 2)}];\n`;
const env = "export const port = process.env.CLAW_PORT;";

/** [rule, file, text]: a violation of the rule. */
const FAULTS = [
  ["noExcessiveLinesPerFile", "core/src/long.ts", lines(301)],
  ["noExcessiveLinesPerFile", "web/src/long.ts", lines(301)],
  ["noExcessiveLinesPerFile", "web/src/long.tsx", lines(151)],
  ["useFilenamingConvention", "web/src/PageFrame.tsx", "export const x = 1;"],
  ["useFilenamingConvention", "api/src/under_score.ts", "export const x = 1;"],
  ["useFilenamingConvention", "api/src/camelCase.test.ts", "export const x = 1;"],
  ["noRestrictedImports", "core/src/files.ts", `export { readFile } from "node:fs/promises";`],
  ["noRestrictedImports", "core/src/package.ts", `import pino from "pino"; pino();`],
  ["noRestrictedImports", "core/src/lazy.ts", `export const fs = () => import("node:fs");`],
  ["noRestrictedImports", "core/src/api.ts", `export type { AppRouter } from "@claw/api";`],
  ["noRestrictedImports", "core/src/dice.ts", `export { randomBytes } from "node:crypto";`],
  ["noRestrictedImports", "api/src/services/d.ts", `import D from "dockerode"; new D();`],
  ["noRestrictedImports", "api/src/engine/engine.ts", `export type { C } from "dockerode";`],
  ["noRestrictedImports", "api/src/services/o.ts", `export { eq } from "drizzle-orm/sql";`],
  ["noRestrictedImports", "api/src/app.ts", `export { createClient } from "@libsql/client";`],
  ["noRestrictedImports", "api/src/services/t.ts", `export { TRPCError } from "@trpc/server";`],
  ["noRestrictedImports", "api/src/engine/docker/o.ts", `export { eq } from "drizzle-orm";`],
  ["noRestrictedImports", "api/src/store/libsql/d.ts", `export { C } from "dockerode";`],
  ["noRestrictedImports", "api/src/trpc/d.ts", `export { C } from "dockerode";`],
  ...[
    "process.argv",
    "setTimeout(() => {}, 1)",
    'fetch("x")',
    "crypto.randomUUID()",
    "performance.now()",
    "console",
  ].map((use, n) => ["noRestrictedGlobals", `core/src/global-${n}.ts`, `export const x = ${use};`]),
  ...["Date.now()", "new Date()", "Date()", "Math.random()", "[0].map(Math.random)"].map(
    (use, n) => ["plugin", `core/src/pure-${n}.ts`, `export const x = ${use};`],
  ),
  ["noProcessEnv", "api/src/services/env.ts", env],
  ["noProcessEnv", "api/src/engine/docker/env.ts", env],
  ["noReactSpecificProps", "web/src/react.tsx", `export const X = () => <p className="a" />;`],
];

const ALLOWED = [
  ["api/src/config.ts", env],
  ["api/src/services/env.test.ts", env],
  ["core/src/fits.ts", lines(300)],
  ["web/src/fits.tsx", lines(150)],
  ["core/src/long.test.ts", lines(900)],
  ["web/src/testing/long.ts", lines(900)],
  ["web/src/page-frame.docker.test.ts", "export const x = 1;"],
  ["core/src/zod.ts", `export { z } from "zod"; export { createHash } from "node:crypto";`],
  ["core/src/f.ts", "export const f = (process: { env: 1 }) => process;"],
  ["core/src/member.ts", "export const f = (job: { process: number }) => job.process;"],
  ["core/src/key.ts", "export const f = { fetch: 1 };"],
  ["core/src/parse.ts", "export const at = (text: string) => Date.parse(text);"],
  ["core/src/iso.ts", "export const at = (ms: number) => new Date(ms).toISOString();"],
  ["core/src/now.fixture.ts", "export const now = Date.now();"],
  ["web/src/now.ts", "export const now = Date.now();"],
  ["core/src/field.ts", "export interface Clock { performance: number }"],
  ["api/src/services/t2.ts", `export { initTRPC } from "@trpc/server";`],
  ["api/src/trpc/t.ts", `export { TRPCError } from "@trpc/server";`],
  ["api/src/engine/docker/d.ts", `import D from "dockerode"; new D();`],
  ["api/src/store/libsql/o.ts", `export { eq } from "drizzle-orm";`],
];

/** → Map of file → violated rules. */
async function broken(files) {
  const root = await mkdtemp(path.join(os.tmpdir(), "claw-biome-"));
  try {
    await cp(inRoot("biome.json"), path.join(root, "biome.json"));
    await cp(inRoot("scripts/checks"), path.join(root, "scripts/checks"), {
      recursive: true,
      filter: (file) => !file.endsWith(".mjs"),
    });
    await writeFile(path.join(root, ".gitignore"), "node_modules\n");
    for (const [name, text] of files) {
      await mkdir(path.dirname(path.join(root, name)), { recursive: true });
      await writeFile(path.join(root, name), text);
    }
    const args = ["lint", "--reporter=json", "--max-diagnostics=none", "--colors=off"];
    const bin = packageBin("@biomejs/biome");
    const stdio = ["ignore", "pipe", "ignore"];
    const { output } = await run(process.execPath, [bin, ...args], { cwd: root, stdio });
    const found = new Map();
    for (const { category, location } of JSON.parse(output).diagnostics) {
      const rule = category.split("/").at(-1);
      if (/^(lint|plugin)/.test(category))
        found.set(location.path, [...(found.get(location.path) ?? []), rule]);
    }
    return found;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const inPackages = (name) => `packages/${name}`;
const found = await broken([
  ["scripts/odd_name.mjs", "export const x = 1;"],
  ...FAULTS.map(([, name, text]) => [inPackages(name), text]),
  ...ALLOWED.map(([name, text]) => [inPackages(name), text]),
]);

for (const [rule, name] of FAULTS) {
  test(`${rule} is found in ${name}`, () => assert.deepEqual(found.get(inPackages(name)), [rule]));
}

test("scripts have names like other files", () => {
  assert.deepEqual(found.get("scripts/odd_name.mjs"), ["useFilenamingConvention"]);
});

for (const [name] of ALLOWED) {
  test(`nothing is found in ${name}`, () => assert.equal(found.get(inPackages(name)), undefined));
}
