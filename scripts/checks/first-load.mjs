/** The JavaScript that the page loads before the first paint: the entry and its static imports. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";

const MOST_BYTES = 95_000;

/** The files of the entry chunk and its static imports, by vite's manifest. */
export function firstLoadFiles(manifest) {
  const keys = new Set(Object.keys(manifest).filter((key) => manifest[key].isEntry));
  for (const key of keys) for (const next of manifest[key].imports ?? []) keys.add(next);
  return [...keys].map((key) => manifest[key].file).filter((file) => file.endsWith(".js"));
}

/** → {bytes, violations}; bytes is the sum of the gzipped sizes. */
export async function checkFirstLoad(dist, most = MOST_BYTES) {
  const manifest = JSON.parse(await readFile(path.join(dist, ".vite", "manifest.json"), "utf8"));
  let bytes = 0;
  for (const file of firstLoadFiles(manifest)) {
    bytes += gzipSync(await readFile(path.join(dist, file))).length;
  }
  const message = `first load is ${bytes} bytes of gzipped JavaScript; at most ${most}`;
  const file = "packages/web/dist";
  return {
    bytes,
    violations: bytes > most ? [{ rule: "first-load", file, line: 1, message }] : [],
  };
}
