import { lstat } from "node:fs/promises";

export async function lstatOrNull(target: string) {
  try {
    return await lstat(target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw error;
  }
}

/** Throws when there is something else than a folder, such as a link to one. */
export async function requireFolder(target: string): Promise<void> {
  const found = await lstatOrNull(target);
  if (found === null || found.isDirectory()) return;
  throw Object.assign(new Error(`${target} is not a folder`), { code: "ENOTDIR" });
}
