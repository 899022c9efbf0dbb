/** Exports that no other file imports, and files that no entry reaches. */
import { isConfig, isTest } from "./project.mjs";

const ENTRIES = [
  "packages/api/src/main.ts",
  "packages/api/src/index.ts",
  "packages/api/src/client.ts",
  "packages/web/src/main.tsx",
];

const isEntry = (name) => ENTRIES.includes(name) || isConfig(name) || isTest(name);

/** A type that its own file uses names a part of what that file offers: it may be exported without a reader. */
function namesOwnSignature({ name, kind, from }, text) {
  if (kind !== "type" || from) return false;
  return text.split(new RegExp(`\\b${name}\\b`)).length > 2;
}

export function checkUnusedExports({ files }) {
  const used = new Map();
  for (const { imports } of files.values()) {
    for (const { target, names } of imports) {
      if (!target) continue;
      if (!used.has(target)) used.set(target, new Set());
      for (const name of names) used.get(target).add(name);
    }
  }
  return [...files.values()]
    .filter(({ name }) => !isEntry(name))
    .flatMap(({ name, exports, text }) => {
      const names = used.get(name) ?? new Set();
      if (names.has("*")) return [];
      return exports
        .filter((entry) => !names.has(entry.name) && !namesOwnSignature(entry, text))
        .map((entry) => ({
          rule: "unused",
          file: name,
          line: entry.line,
          message: `nobody imports ${entry.name}`,
        }));
    });
}

/** What only tests reach is not in use. */
export function checkUnusedFiles({ files }) {
  const entries = [...files.keys()].filter((name) => isEntry(name) && !isTest(name));
  const reached = new Set(entries);
  for (const name of reached) {
    for (const { target } of files.get(name).imports) if (target) reached.add(target);
  }
  return [...files.keys()]
    .filter((name) => !reached.has(name) && !isTest(name))
    .map((name) => ({
      rule: "unused",
      file: name,
      line: 1,
      message: "no entry reaches this file",
    }));
}
