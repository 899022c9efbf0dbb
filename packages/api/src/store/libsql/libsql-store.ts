import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Job } from "@claw/core/job";
import { createClient } from "@libsql/client";
import { desc, eq, getTableColumns } from "drizzle-orm";
import { drizzle, type LibSQLDatabase } from "drizzle-orm/libsql";
import { migrate } from "drizzle-orm/libsql/migrator";
import { openReserve, type Reserve } from "../../reserve.ts";
import type { Store } from "../store.ts";
import { auditRecords } from "./audit-records.ts";
import { backupRecords } from "./backup-records.ts";
import { credentialRecords } from "./credential-records.ts";
import { isDiskFull, writeError } from "./errors.ts";
import { instanceRecords } from "./instance-records.ts";
import { createOwedWrites } from "./owed-writes.ts";
import { restoreRecords } from "./restore-records.ts";
import { jobs } from "./schema.ts";
import { sessionRecords } from "./session-records.ts";
import { settingRecords } from "./setting-records.ts";
import { usedCodes } from "./used-codes.ts";
import { userRecords } from "./user-records.ts";
import { inTurns } from "./write.ts";

const MIGRATIONS = path.join(path.dirname(fileURLToPath(import.meta.url)), "migrations");

/** A job without its log, which can be long. */
const { log: _log, ...jobColumns } = getTableColumns(jobs);

type JobRow = Omit<typeof jobs.$inferSelect, "log">;

function jobOf({ instanceIds, begunBy, ...job }: JobRow): Job {
  return { ...job, ...(instanceIds && { instanceIds }), ...(begunBy !== null && { begunBy }) };
}

/** How long a write waits for another process that has the database, e.g. a backup tool. */
const BUSY_TIMEOUT_MS = 5_000;

/** Opens the database at `file`, makes it when there is none, and brings it up to date. */
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
    // WAL: readers go on while one writes, and a crash loses no committed write.
    await client.execute("PRAGMA journal_mode = WAL");
    await migrate(db, { migrationsFolder: MIGRATIONS });
    return { client, db };
  } catch (error) {
    client.close();
    throw error;
  }
}

function storeOver(db: LibSQLDatabase, parts: { reserve: Reserve; close: () => void }): Store {
  const { reserve } = parts;
  const write = inTurns(reserve);
  const owed = createOwedWrites(write);

  return {
    ...instanceRecords(db, { write, owed }),

    async listJobs(limit) {
      const newest = [desc(jobs.createdAt), desc(jobs.id)];
      const rows = await db
        .select(jobColumns)
        .from(jobs)
        .orderBy(...newest)
        .limit(limit);
      return rows.map(jobOf);
    },

    async findJob(id) {
      const [row] = await db.select(jobColumns).from(jobs).where(eq(jobs.id, id));
      return row ? jobOf(row) : null;
    },

    saveJob: (job, log) =>
      write(async () => {
        const row = log === undefined ? job : { ...job, log };
        await db.insert(jobs).values(row).onConflictDoUpdate({ target: jobs.id, set: row });
      }).catch(writeError),

    async findJobLog(id) {
      const [row] = await db.select({ log: jobs.log }).from(jobs).where(eq(jobs.id, id));
      return [...(row?.log ?? [])];
    },

    ...userRecords(db, write),
    ...usedCodes(db, { write, owed }),
    ...credentialRecords(db, write),
    ...sessionRecords(db, { write, owed }),
    ...auditRecords(db, owed),
    ...backupRecords(db, write),
    ...restoreRecords(db, write),
    ...settingRecords(db, { write, owed }),

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
