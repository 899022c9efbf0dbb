import fs from "node:fs";
import path from "node:path";
import { messageOf } from "@claw/core/errors";
import { codeOf, makeFolder } from "../../make-folder.ts";

/** The operations of node:fs that a home must support. */
export type HomeFiles = Pick<
  typeof fs,
  `${"open" | "write" | "fsync" | "close" | "rename" | "readFile" | "rm"}Sync`
>;

/** A full disk is no reason to refuse a home: users free space through the panel. */
const NO_ROOM = ["ENOSPC", "EDQUOT"];

/**
 * Tests in `home` what the panel's data relies on: creating, writing, flushing, renaming, reading
 * and removing a file. Throws an Error that names CLAW_HOME and the operation that failed.
 */
export function requireUsableHome(home: string, files: HomeFiles = fs): void {
  const folder = path.join(home, "data");
  const file = path.join(folder, `.probe-${process.pid}`);
  const renamed = `${file}-renamed`;
  const content = `ClawMultiDeploy ${process.pid}`;
  const attempt = <T>(what: string, action: () => T): T => {
    try {
      return action();
    } catch (error) {
      const why = `${home} does not let the panel ${what} (${messageOf(error)})`;
      const advice = "Choose a folder on a local disk that the panel may write to.";
      throw new Error(`CLAW_HOME cannot be used: ${why}. ${advice}`, { cause: error });
    }
  };
  try {
    attempt("make a folder", () => makeFolder(folder, { mode: 0o700 }));
    const fd = attempt("make a file", () => files.openSync(file, "w", 0o600));
    try {
      attempt("write to a file", () => files.writeSync(fd, content));
      attempt("flush a file", () => files.fsyncSync(fd));
    } finally {
      files.closeSync(fd);
    }
    attempt("rename a file", () => files.renameSync(file, renamed));
    const found = attempt("read a file", () => files.readFileSync(renamed, "utf8"));
    attempt("keep what it writes", () => {
      if (found !== content) throw new Error("a file held something else when it was read back");
    });
    attempt("remove a file", () => files.rmSync(renamed));
  } catch (error) {
    for (const left of [file, renamed]) removeIfPossible(left);
    if (!(error instanceof Error) || !NO_ROOM.includes(codeOf(error.cause))) throw error;
  }
}

/** Cleans up after a refused attempt; the home may refuse this too. */
function removeIfPossible(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // The thrown error already names what the home cannot do.
  }
}
