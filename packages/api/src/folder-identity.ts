import type { BigIntStats } from "node:fs";

/**
 * A text that differs once another folder lies at the same path. Linux gives a freed inode number
 * to the next folder, so the time of birth belongs to it. Windows counts the uses of a file id
 * within the id (FILE_ID_INFO, NTFS file reference numbers), and not every file system there keeps
 * the time of birth.
 */
export function folderIdentity(
  found: Pick<BigIntStats, "dev" | "ino" | "birthtimeNs">,
  platform: NodeJS.Platform = process.platform,
): string {
  const id = `${found.dev}:${found.ino}`;
  return platform === "win32" ? id : `${id}:${found.birthtimeNs}`;
}
