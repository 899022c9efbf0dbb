import { copyFileSync, mkdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { shownPath } from "@claw/core/backup/member-name";
import { messageOf } from "@claw/core/errors";

/** Files that SQLite writes beside a database, and needs to read it after a crash. */
const BESIDE = ["-wal", "-journal"];
const LEASES = "SELECT count(*) AS held FROM state_leases WHERE scope = 'gateway-owner'";
const MAIN = "data/state/openclaw.sqlite";

/**
 * Runs SQLite's own check on each database, and deletes the lease by which the former gateway still
 * owns its data. Changes nothing else: not even what a killed gateway left to be recovered.
 * Resolves with the faults, as sentences.
 */
export function checkDatabases(root: string, databases: readonly string[]): string[] {
  const problems: string[] = [];
  for (const name of databases) {
    const file = path.join(root, ...name.split("/"));
    try {
      const found = withCopy(root, file, checkOne);
      if (found.fault !== null)
        problems.push(`The database ${shownPath(name)} is damaged: ${found.fault}.`);
      else if (name === MAIN && found.leases > 0) deleteLeases(file);
    } catch (error) {
      problems.push(`The database ${shownPath(name)} cannot be read: ${messageOf(error)}.`);
    }
  }
  return problems;
}

/** Opens the file in place, or a copy of it when reading would change the files beside it. */
function withCopy<T>(root: string, file: string, check: (location: string | URL) => T): T {
  const beside = BESIDE.filter((end) => statSync(file + end, { throwIfNoEntry: false })?.size);
  if (beside.length === 0) {
    const location = pathToFileURL(file);
    location.searchParams.set("immutable", "1");
    return check(location);
  }
  const scratch = path.join(root, ".check");
  mkdirSync(scratch, { mode: 0o700 });
  try {
    const copy = path.join(scratch, "database");
    for (const end of ["", ...beside]) copyFileSync(file + end, copy + end);
    return check(copy);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function checkOne(location: string | URL): { fault: string | null; leases: number } {
  using database = openCarefully(location, { readOnly: location instanceof URL });
  const rows = database.prepare("PRAGMA integrity_check(5)").all();
  const said = rows.map((row) => String(row.integrity_check ?? ""));
  const fault = said.length === 1 && said[0] === "ok" ? null : said.join("; ").slice(0, 500);
  return { fault, leases: fault === null && hasLeases(database) ? countLeases(database) : 0 };
}

function deleteLeases(file: string): void {
  using database = openCarefully(file, { readOnly: false });
  database.exec("DELETE FROM state_leases WHERE scope = 'gateway-owner'");
}

/** A database's author must not choose what runs here: no extension, no function of its schema. */
function openCarefully(location: string | URL, { readOnly }: { readOnly: boolean }): DatabaseSync {
  const database = new DatabaseSync(location, { readOnly, allowExtension: false });
  database.enableDefensive(true);
  database.exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0");
  return database;
}

const hasLeases = (database: DatabaseSync) =>
  database
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'state_leases'")
    .get() !== undefined;

const countLeases = (database: DatabaseSync) => Number(database.prepare(LEASES).get()?.held ?? 0);
