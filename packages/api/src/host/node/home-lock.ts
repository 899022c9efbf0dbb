import { statSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { messageOf } from "@claw/core/errors";
import { makeFolder } from "../../make-folder.ts";

const SQLITE_BUSY = 5;

/**
 * Locks this home against every other panel until disposed: two would start, stop and rename the
 * same instances against each other. An operating system lock, taken through SQLite because Node
 * has none, so it ends with the process in any case. Throws an Error when another panel holds it.
 */
export function lockHome(home: string): Disposable {
  const folder = path.join(home, "data");
  const file = path.join(folder, "panel.lock");
  let database: DatabaseSync | undefined;
  try {
    makeFolder(folder, { mode: 0o700 });
    database = new DatabaseSync(file, { timeout: 0 });
    // Locking an empty database writes to the disk each time, which may be full the next time.
    if (statSync(file).size === 0) database.exec("PRAGMA user_version = 1");
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database?.close();
    if (error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY)
      throw new Error(
        `Another panel is using ${home}. End that one first, or give this one a CLAW_HOME of its own.`,
        { cause: error },
      );
    throw new Error(
      `CLAW_HOME cannot be used: ${home} does not let the panel lock a file (${messageOf(error)}). Choose a folder on a local disk that the panel may write to.`,
      { cause: error },
    );
  }
  const held = database;
  return { [Symbol.dispose]: () => held.close() };
}
