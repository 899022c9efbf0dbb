import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { DomainError } from "@claw/core/errors";
import { createClient } from "@libsql/client";
import { desc, eq, getTableColumns } from "drizzle-orm";
import { drizzle, type LibSQLDatabase } from "drizzle-orm/libsql";
import { migrate } from "drizzle-orm/libsql/migrator";
import pLimit from "p-limit";
import type { Store } from "../store.ts";

import { auditRecords } from "./audit-records.ts";
import { backupRecords } from "./backup-records.ts";
import { credentialRecords } from "./credential-records.ts";
import { writeError } from "./errors.ts";
import { restoreRecords } from "./restore-records.ts";
import { instances, jobs } from "./schema.ts";
import { settingRecords } from "./setting-records.ts";
import { userRecords } from "./user-records.ts";

const MIGRATIONS = path.join(path.dirname(fileURLToPath(import.meta.url)), "migrations");

/** A job without its log, which can be long. */
const { log: _log, ...jobColumns } = getTableColumns(jobs);

/** How long a write waits for another process that has the database, e.g. a backup tool. */
const BUSY_TIMEOUT_MS = 5_000;

/** Opens the database at `file`, makes it when there is none, and brings it up to date. */
export async function openLibsqlStore(file: string): Promise<Store> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const client = createClient({ url: pathToFileURL(file).href, timeout: BUSY_TIMEOUT_MS });
  const db = drizzle(client);
  // WAL: readers go on while one writes, and a crash loses no committed write.
  await client.execute("PRAGMA journal_mode = WAL");
  await migrate(db, { migrationsFolder: MIGRATIONS });
  return storeOver(db, () => client.close());
}

function storeOver(db: LibSQLDatabase, close: () => void): Store {
  // A second write transaction of this process would wait for the first with the event loop
  // blocked, and so for ever: writes take turns here, before they reach the database.
  const write = pLimit(1);

  return {
    listInstances: () => db.select().from(instances).orderBy(instances.id),

    async findInstance(id) {
      const [row] = await db.select().from(instances).where(eq(instances.id, id));
      return row ?? null;
    },

    insertInstance: (choose) =>
      write(() =>
        db.transaction(
          async (tx) => {
            const rows = await tx.select().from(instances);
            const spec = choose({
              ids: new Set(rows.map((row) => row.id)),
              ports: new Set(rows.map((row) => row.port)),
              subnets: rows.map((row) => row.subnet),
            });
            await tx.insert(instances).values(spec);
            return spec;
          },
          { behavior: "immediate" },
        ),
      ).catch(writeError),

    updateInstance: (id, patch) =>
      write(async () => {
        const [row] = await db.update(instances).set(patch).where(eq(instances.id, id)).returning();
        if (row) return row;
        throw new DomainError("INSTANCE_NOT_FOUND", `There is no instance ${id}.`);
      }).catch(writeError),

    deleteInstance: (id) =>
      write(async () => {
        await db.delete(instances).where(eq(instances.id, id));
      }).catch(writeError),

    listJobs: (limit) =>
      db.select(jobColumns).from(jobs).orderBy(desc(jobs.createdAt), desc(jobs.id)).limit(limit),

    async findJob(id) {
      const [row] = await db.select(jobColumns).from(jobs).where(eq(jobs.id, id));
      return row ?? null;
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
    ...credentialRecords(db, write),
    ...auditRecords(db, write),
    ...backupRecords(db, write),
    ...restoreRecords(db, write),
    ...settingRecords(db, write),

    async [Symbol.asyncDispose]() {
      await write(close);
    },
  };
}
