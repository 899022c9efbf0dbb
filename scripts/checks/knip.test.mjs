import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { MODULES } from "../lib/paths.mjs";
import { checkUnused } from "./knip.mjs";

const json = (value) => JSON.stringify(value, null, 2);

/** A project with this one's workspaces and the files named in knip.jsonc. */
const PROJECT = {
  "package.json": json({ name: "planted", private: true, workspaces: ["packages/*", "e2e"] }),
  "packages/core/package.json": json({ name: "@claw/core", exports: { "./*": "./src/*.ts" } }),
  "packages/api/package.json": json({
    name: "@claw/api",
    exports: { ".": "./src/index.ts", "./client": "./src/client.ts" },
    dependencies: { "@claw/core": "0.1.0", zod: "1" },
    devDependencies: { vitest: "1", ws: "1", "@types/ws": "1" },
    scripts: { test: "vitest run" },
  }),
  "packages/api/src/main.ts": `import { z } from "zod"; import { a } from "@claw/core/a"; z(a);`,
  "packages/api/src/index.ts": "export type Router = 1;",
  "packages/api/src/client.ts": "export const client = 1;",
  "packages/api/src/main.test.ts": `import { WebSocket } from "ws"; WebSocket;`,
  "packages/core/src/a.ts": "export const a = 1;",
  "packages/web/package.json": json({
    name: "@claw/web",
    devDependencies: { vite: "1" },
    scripts: { build: "vite build" },
  }),
  "packages/web/index.html": `<script type="module" src="/src/main.tsx"></script>`,
  "packages/web/src/main.tsx": "",
  "e2e/package.json": json({ name: "@claw/e2e" }),
};

/** "file: message" of every finding with these files added to or replacing the project's own. */
async function found(t, files = {}) {
  const root = await mkdtemp(path.join(os.tmpdir(), "claw-knip-"));
  t.after(() => rm(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries({ ...PROJECT, ...files })) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
  // From there knip learns which package provides a command.
  await symlink(MODULES, path.join(root, "node_modules"), "junction");
  return (await checkUnused(root)).map(({ file, message }) => `${file}: ${message}`).sort();
}

test("nothing is found where everything is used", async (t) => {
  assert.deepEqual(await found(t), []);
});

test("an export that nobody imports is found in every workspace, entries of core included", async (t) => {
  assert.deepEqual(
    await found(t, {
      "packages/api/src/main.ts": `import { z } from "zod"; import { a } from "@claw/core/a"; import { used } from "./b.ts"; z(a, used);`,
      "packages/api/src/b.ts":
        "export const used = 1; export function spare() {} export type Lonely = 1; export type Own = 2; export const own: Own = 2;",
      "packages/api/src/b.test.ts": `import { own } from "./b.ts"; own;`,
      "packages/core/src/a.ts": "export const a = 1; export const idle = 1;",
      "packages/web/src/main.tsx": `import { Page } from "./page.tsx"; Page;`,
      "packages/web/src/page.tsx": "export const Page = 1; export const Frame = 1;",
    }),
    [
      "packages/api/src/b.ts: nobody imports spare",
      "packages/api/src/b.ts: nobody imports the type Lonely",
      "packages/core/src/a.ts: nobody imports idle",
      "packages/web/src/page.tsx: nobody imports Frame",
    ],
  );
});

test("lazy imports, namespaces and re-exports count as use", async (t) => {
  assert.deepEqual(
    await found(t, {
      "packages/web/src/main.tsx": `import * as b from "./b.ts"; const c = () => import("./c.ts"); b.x; c().then(({ y }) => y); export { d } from "./d.ts";`,
      "packages/web/src/b.ts": "export const x = 1;",
      "packages/web/src/c.ts": "export const y = 1;",
      "packages/web/src/d.ts": "export const d = 1;",
    }),
    [],
  );
});

test("a file that nothing or only a test reaches is not in use", async (t) => {
  assert.deepEqual(
    await found(t, {
      "packages/api/src/dead.ts": "export const x = 1;",
      "packages/api/src/dead.test.ts": `import { x } from "./dead.ts"; x;`,
      "packages/api/src/testing/kit.ts": "export const kit = 1;",
      "packages/api/src/kit.test.ts": `import { kit } from "./testing/kit.ts"; kit;`,
      "packages/web/src/alone.ts": "export const alone = 1;",
      "scripts/lib/alone.mjs": "export const alone = 1;",
    }),
    [
      "packages/api/src/dead.ts: no entry reaches this file",
      "packages/web/src/alone.ts: no entry reaches this file",
      "scripts/lib/alone.mjs: no entry reaches this file",
    ],
  );
});

test("packages declared and not used, used and not declared, and used by tests only", async (t) => {
  assert.deepEqual(
    await found(t, {
      "packages/api/package.json": json({
        name: "@claw/api",
        exports: { ".": "./src/index.ts", "./client": "./src/client.ts" },
        dependencies: { "@claw/core": "0.1.0", spare: "1", ws: "1", zod: "1" },
        devDependencies: { idle: "1", vitest: "1" },
        scripts: { build: "tool --all", test: "vitest run" },
      }),
      "packages/api/src/index.ts": `import { h } from "hidden/sub"; export type Router = typeof h;`,
    }),
    [
      "packages/api/package.json: idle is not used",
      "packages/api/package.json: no declared package brings the command tool",
      "packages/api/package.json: spare is not used",
      "packages/api/package.json: ws is not used",
      "packages/api/src/index.ts: hidden is not declared in this workspace's package.json",
    ],
  );
});
