import { chmod, mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createClient } from "@libsql/client";
import { drizzle, type LibSQLDatabase } from "drizzle-orm/libsql";
import { migrate } from "drizzle-orm/libsql/migrator";
import { openReserve, type Reserve } from "../../reserve.ts";
import type { Store } from "../store.ts";
import { auditRecords } from "./audit-records.ts";
import { backupRecords } from "./backup-records.ts";
import { configRecords } from "./config-records.ts";
import { credentialRecords } from "./credential-records.ts";
import { isDiskFull, writeError } from "./errors.ts";
import { instanceRecords } from "./instance-records.ts";
import { jobRecords } from "./job-records.ts";
import { createOwedWrites } from "./owed-writes.ts";
import { replacementRecords } from "./replacement-records.ts";
import { sessionRecords } from "./session-records.ts";
import { settingRecords } from "./setting-records.ts";
import { snapshotRecords } from "./snapshot-records.ts";
import { templateRecords } from "./template-records.ts";
import { usedCodes } from "./used-codes.ts";
import { userRecords } from "./user-records.ts";
import { inTurns } from "./write.ts";

const MIGRATIONS = path.join(path.dirname(fileURLToPath(import.meta.url)), "migrations");

/** How long a write waits for another process that locks the database, e.g. a backup tool. */
const BUSY_TIMEOUT_MS = 5_000;

/** Opens or creates the database at `file`, and migrates it. */
export async function openLibsqlStore(
  file: string,
  reserve: Reserve = openReserve(path.dirname(file)),
): Promise<Store> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const opening = reserve.spendOn(() => openDatabase(file), isDiskFull);
  const { client, db } = await opening.catch(writeError);
  await reserve.restore();
  return storeOver(db, { reserve, close: () => client.close() });
}

async function openDatabase(file: string) {
  const client = createClient({ url: pathToFileURL(file).href, timeout: BUSY_TIMEOUT_MS });
  try {
    const db = drizzle(client);
    // WAL: reads continue during a write, and a crash loses no committed write.
    await client.execute("PRAGMA journal_mode = WAL");
    await migrate(db, { migrationsFolder: MIGRATIONS });
    for (const end of ["", "-wal", "-shm"]) await keepPrivate(`${file}${end}`);
    return { client, db };
  } catch (error) {
    client.close();
    throw error;
  }
}

/**
 * Configurations hold credentials. SQLite gives later files the mode of the first; where there are
 * no modes, that of the folder has to do.
 */
async function keepPrivate(file: string): Promise<void> {
  try {
    await chmod(file, 0o600);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code !== "ENOENT" && code !== "EPERM") throw error;
  }
}

function storeOver(db: LibSQLDatabase, parts: { reserve: Reserve; close: () => void }): Store {
  const { reserve } = parts;
  const write = inTurns(reserve);
  const owed = createOwedWrites(write);

  return {
    ...instanceRecords(db, { write, owed }),
    ...jobRecords(db, { write, owed }),
    ...userRecords(db, write),
    ...usedCodes(db, { write, owed }),
    ...credentialRecords(db, write),
    ...sessionRecords(db, { write, owed }),
    ...auditRecords(db, owed),
    ...backupRecords(db, write),
    ...configRecords(db, write),
    ...replacementRecords(db, write),
    ...snapshotRecords(db, write),
    ...settingRecords(db, { write, owed }),
    ...templateRecords(db, write),

    room: async () => ({ isShort: !reserve.isHeld, owed: owed.count }),

    async catchUp() {
      await owed.catchUp();
      if (owed.count === 0) await reserve.restore();
    },

    async [Symbol.asyncDispose]() {
      await owed.catchUp();
      await write(async () => parts.close());
    },
  };
}
