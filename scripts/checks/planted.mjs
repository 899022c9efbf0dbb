/** For the rules' own tests: a project of a few files given as text. */
import { createProject } from "./project.mjs";

const PACKAGES = [
  {
    folder: "packages/core",
    manifest: { name: "@claw/core", exports: { "./*": "./src/*.ts" } },
  },
  {
    folder: "packages/api",
    manifest: {
      name: "@claw/api",
      exports: { ".": { default: "./src/index.ts" }, "./client": "./src/client.ts" },
    },
  },
  { folder: "packages/web", manifest: { name: "@claw/web" } },
];

/** sources: {"api/src/main.ts": "text", …}, names without the leading "packages/". */
export function planted(sources) {
  const entries = Object.entries(sources).map(([name, text]) => [`packages/${name}`, text]);
  return createProject(new Map(entries), PACKAGES);
}

export const messages = (violations) => violations.map(({ message }) => message);
