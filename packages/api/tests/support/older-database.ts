import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createClient } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import { migrate } from "drizzle-orm/libsql/migrator";

const MIGRATIONS = path.join(import.meta.dirname, "../../src/store/libsql/migrations");

export interface OlderDatabase {
  /** Number of the last migration of the panel that it is of. */
  last: number;
  /** SQL that this panel wrote. */
  records: readonly string[];
}

/** Makes the database of an older panel. */
export async function makeOlderDatabase(
  file: string,
  { last, records }: OlderDatabase,
): Promise<void> {
  const migrations = await mkdtemp(path.join(tmpdir(), "claw-older-"));
  try {
    await cp(MIGRATIONS, migrations, { recursive: true });
    const journal = path.join(migrations, "meta/_journal.json");
    const { entries, ...rest } = JSON.parse(await readFile(journal, "utf8"));
    const known = entries.filter(({ idx }: { idx: number }) => idx <= last);
    await writeFile(journal, JSON.stringify({ ...rest, entries: known }));
    await mkdir(path.dirname(file), { recursive: true });
    const client = createClient({ url: pathToFileURL(file).href });
    await migrate(drizzle(client), { migrationsFolder: migrations });
    for (const record of records) await client.execute(record);
    client.close();
  } finally {
    await rm(migrations, { recursive: true, force: true });
  }
}

/** A value as SQL. */
export const sqlOf = (value: unknown): string =>
  value === null ? "NULL" : `'${asText(value).replaceAll("'", "''")}'`;

const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
