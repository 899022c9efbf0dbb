import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { errorCode } from "@claw/core/errors";

/** Owner of an instance's files. */
export interface Owner {
  uid: number;
  gid: number;
}

/** Absent on Windows, where the check of the opened file refuses links instead. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const NO_BLOCK = constants.O_NONBLOCK ?? 0;

/**
 * Replaces `file` atomically: written to a temporary file, flushed, renamed, so that a crash leaves
 * the old text or the new one. Replaces a link at `file`, never follows it.
 */
export async function writeFileAtomic(
  file: string,
  text: string,
  options: { mode: number; owner: Owner | null },
): Promise<void> {
  const beside = path.join(
    path.dirname(file),
    `.${path.basename(file)}.${randomBytes(6).toString("hex")}.tmp`,
  );
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW;
  try {
    await using handle = await open(beside, flags, options.mode);
    await handle.writeFile(text, "utf8");
    if (options.owner) await handle.chown(options.owner.uid, options.owner.gid);
    await handle.sync();
    await handle.close();
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file));
}

/** Makes a rename durable. Windows cannot open a folder and needs no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  await using handle = await open(folder, constants.O_RDONLY);
  await handle.sync();
}

/** Bytes of a regular file of at most `limit` bytes, or null when there is none. */
export async function readRegularFile(file: string, limit: number): Promise<Buffer | null> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(file, constants.O_RDONLY | NO_FOLLOW | NO_BLOCK);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
  await using _ = handle;
  const stat = await handle.stat();
  if (!stat.isFile() || stat.size > limit)
    throw Object.assign(new Error(`${file} is not a regular file of at most ${limit} bytes`), {
      code: "ENOTREG",
    });
  return await handle.readFile();
}
