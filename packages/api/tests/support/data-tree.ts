import { createHash } from "node:crypto";
import { chown, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { InstanceId } from "@claw/core/instance";

const FILES = 60;
const treeOf = (home: string, id: InstanceId) => path.join(home, "instances", id, "data/workspace");

/** Fills an instance's workspace with files that contain `version`. */
export async function writeTree(home: string, id: InstanceId, version: string): Promise<void> {
  const tree = treeOf(home, id);
  const { uid, gid } = await stat(path.dirname(tree));
  await mkdir(path.join(tree, "深"), { recursive: true });
  for (let n = 0; n < FILES; n++) {
    const file = path.join(tree, n % 2 ? "深" : "", `${n}.txt`);
    await writeFile(file, `${version} ${n}\n`.repeat(200));
    await chown(file, uid, gid);
  }
}

/** SHA-256 of the names and contents of the workspace. */
export async function hashTree(home: string, id: InstanceId): Promise<string> {
  const tree = treeOf(home, id);
  const hash = createHash("sha256");
  const entries = await readdir(tree, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  for (const file of files.map((entry) => path.join(entry.parentPath, entry.name)).sort())
    hash.update(path.relative(tree, file)).update(await readFile(file));
  return hash.digest("hex");
}
