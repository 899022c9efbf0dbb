// Fails when the JavaScript that the page needs before it shows anything is over its budget:
// the entry of the build and all that it imports statically, gzipped.
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET = 100_000;
const dist = path.resolve(import.meta.dirname, "../dist");
const manifest = JSON.parse(readFileSync(path.join(dist, ".vite/manifest.json"), "utf8"));

const files = new Set();
const add = (key) => {
  const chunk = manifest[key];
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) add(imported);
};
add("index.html");

const total = [...files]
  .map((file) => gzipSync(readFileSync(path.join(dist, file))).length)
  .reduce((sum, size) => sum + size, 0);
console.log(`First load: ${total} bytes of JavaScript in ${files.size} files (budget ${BUDGET}).`);
if (total > BUDGET) process.exitCode = 1;
