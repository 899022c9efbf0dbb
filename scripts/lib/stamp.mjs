/** Content hashes and the stamp files that store them, so that unchanged work is not repeated. */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** The text of a file, or undefined when there is none. */
export async function readIfThere(file) {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** All files under a file or folder, sorted, without the given folder names. */
export async function listFiles(start, skipFolders = ["node_modules", "dist"]) {
  let entries;
  try {
    entries = await readdir(start, { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOTDIR") return [start];
    if (error.code === "ENOENT") return [];
    throw error;
  }
  const found = [];
  for (const entry of entries) {
    const full = path.join(start, entry.name);
    if (entry.isDirectory()) {
      if (!skipFolders.includes(entry.name)) found.push(...(await listFiles(full, skipFolders)));
    } else if (entry.isFile()) found.push(full);
  }
  return found.sort();
}

/** One hash of the names (relative to base, with "/") and contents of the files. */
export async function hashFiles(files, base) {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(path.relative(base, file).split(path.sep).join("/"));
    hash.update("\0");
    hash.update(await readFile(file));
    hash.update("\0");
  }
  return hash.digest("hex");
}

export async function isFresh(stampFile, key) {
  return (await readIfThere(stampFile))?.trim() === key;
}

export async function writeStamp(stampFile, key) {
  await mkdir(path.dirname(stampFile), { recursive: true });
  await writeFile(stampFile, key);
}
