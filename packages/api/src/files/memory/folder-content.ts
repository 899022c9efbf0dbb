import { lstat, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { LeftOut } from "@claw/core/backup/instance-record";

/** The files and folders of an instance, in memory. */
export interface FolderContent {
  folders: string[];
  files: { name: string; base64: string }[];
  bytes: number;
  leftOut: LeftOut;
}

/** Folders that a backup leaves out. */
const LEFT_OUT = new Set(["data/cache", "data/tmp"]);

/** Reads `data` and `logs` below `root`; without `everything`, what a backup takes of them. */
export async function readFolder(
  root: string,
  { everything = false } = {},
): Promise<FolderContent> {
  const content: FolderContent = {
    folders: [],
    files: [],
    bytes: 0,
    leftOut: { links: 0, others: 0 },
  };

  async function walk(name: string): Promise<void> {
    if (!everything && LEFT_OUT.has(name)) return;
    const target = path.join(root, name);
    const found = await lstat(target).catch(() => null);
    if (found === null) return;
    if (found.isDirectory()) {
      content.folders.push(name);
      for (const child of (await readdir(target)).sort()) await walk(`${name}/${child}`);
    } else if (found.isFile()) {
      const bytes = await readFile(target);
      content.files.push({ name, base64: bytes.toString("base64") });
      content.bytes += bytes.length;
    } else if (found.isSymbolicLink()) content.leftOut.links += 1;
    else content.leftOut.others += 1;
  }

  for (const name of ["data", "logs"]) await walk(name);
  return content;
}

export async function writeFolder(root: string, content: FolderContent): Promise<void> {
  await mkdir(root, { recursive: true });
  for (const name of content.folders) await mkdir(path.join(root, name), { recursive: true });
  for (const { name, base64 } of content.files)
    await writeFile(path.join(root, name), Buffer.from(base64, "base64"));
}
