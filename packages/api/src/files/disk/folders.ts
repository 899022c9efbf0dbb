import type { Stats } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { DomainError, errorCode } from "@claw/core/errors";

export async function lstatOrNull(target: string) {
  try {
    return await lstat(target);
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw error;
  }
}

/** Names in a folder; none when there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await lstatOrNull(folder))?.isDirectory() ? await readdir(folder) : [];
}

/** Throws when it is anything but a folder, such as a link to one. */
export async function requireFolder(target: string): Promise<void> {
  const found = await lstatOrNull(target);
  if (found !== null && !found.isDirectory()) throw notAFolder(target, found);
}

/** The error for something in place of a folder. A link is not followed: it may lead anywhere. */
export function notAFolder(shown: string, found: Stats): DomainError {
  return new DomainError(
    "FILES_DENIED",
    found.isSymbolicLink()
      ? `${shown} is a link, and the panel follows no links in the place of an instance's folder. Put the folder itself there; to keep it on another disk, mount that disk there.`
      : `${shown} is not a folder. Move it away, put the folder back in its place, and try again.`,
  );
}
