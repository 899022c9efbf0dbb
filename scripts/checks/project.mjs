/** The project's parsed source files with resolved imports: the input of every rule. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { listFiles } from "../lib/stamp.mjs";
import { parseFile } from "./parse.mjs";

const FOLDERS = ["packages/core", "packages/api", "packages/web", "e2e"];
const SOURCE = /\.(ts|tsx|mts)$/;
const SKIP = ["node_modules", "dist", "drizzle", "artifacts", "coverage"];

/**
 * Files that only tests load: tests, their fixtures, contract suites, tests/, testing/, all of e2e.
 */
export const isTest = (name) =>
  /\.(test|contract|fixture|bench)\.tsx?$/.test(name) ||
  /(^|\/)(tests|testing|bench)\//.test(name) ||
  name.startsWith("e2e/");

export const isConfig = (name) => /(^|\/)[\w-]+\.config\.m?ts$/.test(name);
const isDeclaration = (name) => name.endsWith(".d.ts");

/**
 * The file that a package exports under a subpath, by "exports" of its package.json (exact keys and
 * one "*").
 */
export function exportedFile(manifest, subpath) {
  const target = (value) => (typeof value === "string" ? value : value?.default);
  for (const [key, value] of Object.entries(manifest.exports ?? {})) {
    if (key === subpath) return target(value);
    const [before, after] = key.split("*");
    if (after === undefined || !subpath.startsWith(before) || !subpath.endsWith(after)) continue;
    return target(value).replace("*", subpath.slice(before.length, subpath.length - after.length));
  }
  return undefined;
}

/** The project file of an import, or undefined for a package or a file that is no source. */
function resolveImport(from, source, names, packages) {
  const clean = source.split("?")[0];
  const guess = (base) =>
    [base, `${base}.ts`, `${base}.tsx`, base.replace(/\.js$/, ".ts")].find((n) => names.has(n));
  if (clean.startsWith(".")) return guess(path.posix.join(path.posix.dirname(from), clean));
  for (const { folder, manifest } of packages) {
    if (clean !== manifest.name && !clean.startsWith(`${manifest.name}/`)) continue;
    const file = exportedFile(manifest, `.${clean.slice(manifest.name.length)}`);
    return file && guess(path.posix.join(folder, file));
  }
  return undefined;
}

/** texts: Map of file name (with "/") → text; packages: [{folder, manifest}]. */
export function createProject(texts, packages) {
  const names = new Set(texts.keys());
  const files = new Map();
  for (const [name, text] of texts) {
    const parsed = parseFile(text, name);
    const imports = parsed.imports.map((entry) => ({
      ...entry,
      target: resolveImport(name, entry.source, names, packages),
    }));
    files.set(name, { name, text, ...parsed, imports });
  }
  return { files, packages };
}

export async function readProject(root) {
  const texts = new Map();
  for (const folder of FOLDERS) {
    for (const file of await listFiles(path.join(root, folder), SKIP)) {
      const name = path.relative(root, file).split(path.sep).join("/");
      if (SOURCE.test(name) && !isDeclaration(name)) texts.set(name, await readFile(file, "utf8"));
    }
  }
  const packages = [];
  for (const folder of FOLDERS) {
    const text = await readFile(path.join(root, folder, "package.json"), "utf8");
    packages.push({ folder, manifest: JSON.parse(text) });
  }
  return createProject(texts, packages);
}
