import assert from "node:assert/strict";
import test from "node:test";
import { checkImports } from "./import-rules.mjs";
import { messages, planted } from "./planted.mjs";

const TARGETS = {
  "core/src/naming.ts": "export const LABEL = 1;",
  "api/src/index.ts": "export type AppRouter = 1; export const value = 1;",
  "api/src/main.ts": "",
  "api/src/app.ts": "export const createApp = 1;",
  "api/src/server.ts": "export const serve = 1;",
  "api/src/client.ts": "export const createClawClient = 1;",
  "api/src/trpc/router.ts": "export const router = 1;",
  "api/src/services/instance/start-instance.ts": "export const start = 1;",
  "api/src/engine/engine.ts": "export type Engine = 1;",
  "api/src/engine/engine.contract.ts": "export const contract = 1;",
  "api/src/engine/docker/docker-engine.ts": "export const docker = 1;",
  "api/src/engine/memory/memory-engine.ts": "export const memory = 1;",
  "api/src/store/store.ts": "export type Store = 1;",
  "api/src/store/libsql/libsql-store.ts": "export const libsql = 1;",
  "web/src/main.tsx": "export const page = 1;",
};

const check = (name, text) => messages(checkImports(planted({ ...TARGETS, [name]: text })));

const FORBIDDEN = [
  ["core → api", "core/src/x.ts", `import type { AppRouter } from "@claw/api";`],
  ["web → a value of api", "web/src/x.tsx", `import { value } from "@claw/api";`],
  ["web → api for its side effects", "web/src/x.ts", `import "@claw/api";`],
  ["web → api with inline types", "web/src/x.ts", `import { type AppRouter } from "@claw/api";`],
  ["web → api dynamically", "web/src/x.ts", `const lazy = () => import("@claw/api/client");`],
  ["web → api, handed on", "web/src/x.ts", `export * from "@claw/api";`],
  ["api → web", "api/src/app.ts", `import { page } from "../../web/src/main.tsx";`],
  [
    "services → a driver",
    "api/src/services/x.ts",
    `import { docker } from "../engine/docker/docker-engine.ts";`,
  ],
  ["services → trpc", "api/src/services/x.ts", `import { router } from "../trpc/router.ts";`],
  ["services → app", "api/src/services/x.ts", `import { createApp } from "../app.ts";`],
  [
    "a driver → services",
    "api/src/engine/docker/x.ts",
    `import { start } from "../../services/instance/start-instance.ts";`,
  ],
  [
    "a driver → another of its seam",
    "api/src/engine/docker/x.ts",
    `import { memory } from "../memory/memory-engine.ts";`,
  ],
  [
    "a driver → another seam's driver",
    "api/src/engine/docker/x.ts",
    `import { libsql } from "../../store/libsql/libsql-store.ts";`,
  ],
  [
    "a driver → another interface",
    "api/src/engine/docker/x.ts",
    `import type { Store } from "../../store/store.ts";`,
  ],
  [
    "an interface → its driver",
    "api/src/engine/x.ts",
    `import { memory } from "./memory/memory-engine.ts";`,
  ],
  [
    "trpc → a driver",
    "api/src/trpc/x.ts",
    `import { docker } from "../engine/docker/docker-engine.ts";`,
  ],
  ["trpc → server", "api/src/trpc/x.ts", `import { serve } from "../server.ts";`],
  ["server → app", "api/src/server/x.ts", `import { createApp } from "../app.ts";`],
  [
    "client → a value of the server",
    "api/src/client.ts",
    `import { router } from "./trpc/router.ts";`,
  ],
  [
    "a source → a contract suite",
    "api/src/app.ts",
    `import { contract } from "./engine/engine.contract.ts";`,
  ],
];

for (const [what, name, text] of FORBIDDEN) {
  test(`found: ${what}`, () => assert.equal(check(name, text).length, 1, `${check(name, text)}`));
}

const ALLOWED = [
  ["web → types of api", "web/src/x.ts", `import type { AppRouter } from "@claw/api";`],
  ["web → typeof import of api", "web/src/x.ts", `type R = typeof import("@claw/api");`],
  ["web → core", "web/src/x.ts", `import { LABEL } from "@claw/core/naming";`],
  [
    "services → an interface and core",
    "api/src/services/x.ts",
    `import type { Engine } from "../engine/engine.ts"; import { LABEL } from "@claw/core/naming";`,
  ],
  [
    "a driver → its interface",
    "api/src/engine/docker/x.ts",
    `import type { Engine } from "../engine.ts";`,
  ],
  ["app → drivers", "api/src/app.ts", `import { docker } from "./engine/docker/docker-engine.ts";`],
  [
    "trpc → services",
    "api/src/trpc/x.ts",
    `import { start } from "../services/instance/start-instance.ts";`,
  ],
  [
    "client → the router's type",
    "api/src/client.ts",
    `import type { router } from "./trpc/router.ts";`,
  ],
  [
    "a test → anything",
    "api/src/services/x.test.ts",
    `import { memory } from "../engine/memory/memory-engine.ts";`,
  ],
];

for (const [what, name, text] of ALLOWED) {
  test(`allowed: ${what}`, () => assert.deepEqual(check(name, text), []));
}
