import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { checkFirstLoad, firstLoadFiles } from "./first-load.mjs";

const MANIFEST = {
  "index.html": {
    file: "assets/main.js",
    isEntry: true,
    imports: ["_vendor.js"],
    dynamicImports: ["editor.ts"],
  },
  "_vendor.js": { file: "assets/vendor.js", imports: ["_base.js"] },
  "_base.js": { file: "assets/base.js" },
  "editor.ts": { file: "assets/editor.js", isDynamicEntry: true, imports: ["_base.js"] },
};

test("the entry and its static imports, not what is loaded later", () => {
  assert.deepEqual(firstLoadFiles(MANIFEST), [
    "assets/main.js",
    "assets/vendor.js",
    "assets/base.js",
  ]);
});

test("over the budget is found", async (t) => {
  const dist = await mkdtemp(path.join(os.tmpdir(), "dist-"));
  t.after(() => rm(dist, { recursive: true }));
  await mkdir(path.join(dist, ".vite"));
  await mkdir(path.join(dist, "assets"));
  await writeFile(path.join(dist, ".vite", "manifest.json"), JSON.stringify(MANIFEST));
  for (const { file } of Object.values(MANIFEST)) {
    await writeFile(path.join(dist, file), randomBytes(1000).toString("hex"));
  }
  assert.equal((await checkFirstLoad(dist, 1_000)).violations.length, 1);
  assert.deepEqual((await checkFirstLoad(dist, 100_000)).violations, []);
});
