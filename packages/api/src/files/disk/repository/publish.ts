import { link, rename, rm } from "node:fs/promises";
import path from "node:path";
import { errorCode } from "@claw/core/errors";
import { syncFolder } from "../atomic-file.ts";
import { lstatOrNull } from "../folders.ts";

/** Errors of disks without hard links. */
const NO_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/** Gives a complete file its name, durably. False when the name is taken; replaces no file. */
export async function publish(partial: string, file: string): Promise<boolean> {
  try {
    await link(partial, file);
    await rm(partial);
  } catch (error) {
    const code = errorCode(error) ?? "";
    if (code === "EEXIST") return false;
    if (!NO_LINKS.has(code)) throw error;
    if ((await lstatOrNull(file)) !== null) return false;
    await rename(partial, file);
  }
  await syncFolder(path.dirname(file));
  return true;
}
