import { existsSync } from "node:fs";
import { mkdir, open, readdir, stat } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import {
  type ArchivePlace,
  fingerprint,
  NEVER,
  openArchivePlace,
  sha256Of,
} from "../../../../../tests/support/archive-place.ts";
import { openDiskStorage } from "../../storage/disk-storage.ts";
import { createDiskCodec } from "../disk-codec.ts";

const FILE = "claw-20261122-081500-1.tar";
const MAIN = ["data", "state", "openclaw.sqlite"];

/** OpenClaw's database, with a gateway's lease and a row to keep. */
async function makeDatabase(place: ArchivePlace): Promise<DatabaseSync> {
  await mkdir(place.at("anna", "data", "state"), { recursive: true });
  const database = new DatabaseSync(place.at("anna", ...MAIN));
  database.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE state_leases (scope TEXT, owner TEXT);
    CREATE TABLE kept (value TEXT);
    INSERT INTO state_leases VALUES ('gateway-owner', 'openclaw-anna'), ('other', 'x');
    INSERT INTO kept VALUES ('precious');
  `);
  return database;
}

async function stage(place: ArchivePlace) {
  await place.backUp(["anna"]);
  return await place.archives.unpack(
    { filename: FILE, from: "anna", staged: "s" },
    { signal: NEVER },
  );
}

function rowsOf(place: ArchivePlace) {
  using database = new DatabaseSync(place.at(".staged-s", ...MAIN), { readOnly: true });
  const all = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => Object.values(row)[0]);
  return { leases: all("SELECT scope FROM state_leases"), kept: all("SELECT value FROM kept") };
}

describe("OpenClaw's database", () => {
  test("of a gateway that was stopped loses the lease only", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", {});
    (await makeDatabase(place)).close();
    expect((await stage(place)).problems).toEqual([]);
    expect(await readdir(place.at(".staged-s", "data", "state"))).toEqual(["openclaw.sqlite"]);
    expect(rowsOf(place)).toEqual({ leases: ["other"], kept: ["precious"] });
  });

  test("of a gateway that was killed is recovered with what it had not written back", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", {});
    using database = await makeDatabase(place);
    expect(database.isOpen && existsSync(`${place.at("anna", ...MAIN)}-wal`)).toBe(true);
    expect((await stage(place)).problems).toEqual([]);
    expect(rowsOf(place)).toEqual({ leases: ["other"], kept: ["precious"] });
  });

  test("without a lease stays as it is, byte for byte", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", {});
    const database = await makeDatabase(place);
    database.exec("DELETE FROM state_leases");
    database.close();
    expect((await stage(place)).problems).toEqual([]);
    expect(await sha256Of(place.at(".staged-s", ...MAIN))).toBe(
      await sha256Of(place.at("anna", ...MAIN)),
    );
  });

  test("of another shape is left alone", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", { "data/state/": "" });
    using database = new DatabaseSync(place.at("anna", ...MAIN));
    database.exec(
      "CREATE TABLE state_leases (other TEXT); CREATE VIEW v AS SELECT load_extension('x')",
    );
    database.close();
    const { problems } = await stage(place);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("openclaw.sqlite");
    expect(await sha256Of(place.at(".staged-s", ...MAIN))).toBe(
      await sha256Of(place.at("anna", ...MAIN)),
    );
  });
});

describe("what is wrong with the data is said, and the data is kept as it is:", () => {
  test("a database with a damaged page, wherever it lies and whatever its name", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", { "data/agents/": "" });
    const file = place.at("anna", "data", "agents", "memory.db");
    const database = new DatabaseSync(file);
    database.exec("CREATE TABLE t (a TEXT); CREATE INDEX i ON t (a); BEGIN");
    for (let row = 0; row < 2_000; row++) database.exec(`INSERT INTO t VALUES ('value ${row}')`);
    database.exec("COMMIT");
    database.close();
    await using handle = await open(file, "r+");
    await handle.write(Buffer.alloc(4_096, 0x7f), 0, 4_096, 8_192);
    const { problems } = await stage(place);
    expect(problems).toEqual([expect.stringContaining('"data/agents/memory.db" is damaged')]);
    const [one, other] = [
      await fingerprint(place.at("anna")),
      await fingerprint(place.at(".staged-s")),
    ];
    expect(other).toEqual(one);
  });

  test("a database that has nothing but its first bytes", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", { "data/x": "SQLite format 3\0 and then nothing" });
    expect((await stage(place)).problems).toEqual([expect.stringContaining('"data/x"')]);
  });

  test.each([
    ["a configuration that is no JSON5", "{ a: ", "openclaw.json"],
    ["a configuration that is no text", Buffer.from([0x7b, 0xe4, 0x7d]), "openclaw.json"],
  ])("%s", async (_, text, says) => {
    await using place = await openArchivePlace();
    await place.provision("anna", { "data/openclaw.json": text });
    expect((await stage(place)).problems).toEqual([expect.stringContaining(says)]);
  });
});

test.runIf(process.getuid?.() === 0)(
  "what is unpacked belongs to whom the container runs as",
  async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", { "data/a/b": "1", "data/openclaw.json": "{}" });
    (await makeDatabase(place)).close();
    await place.backUp(["anna"]);
    const owner = { uid: 1234, gid: 2345 };
    const archives = createDiskCodec({ home: place.home, owner });
    await archives.unpack({ filename: FILE, from: "anna", staged: "s" }, { signal: NEVER });
    const storage = await openDiskStorage({ home: place.home, owner });
    await storage.writeStagedConfig("s", "{ b: 1 }");
    for (const name of await readdir(place.at(".staged-s"), { recursive: true })) {
      const { uid, gid } = await stat(place.at(".staged-s", name));
      expect({ name, uid, gid }).toEqual({ name, ...owner });
    }
    expect((await stat(place.at(".staged-s"))).uid).toBe(0);
  },
);

test("folders that an instance has not made are there all the same", async () => {
  await using place = await openArchivePlace();
  await mkdir(place.at("anna"));
  await stage(place);
  expect((await readdir(place.at(".staged-s"))).sort()).toEqual(["data", "logs"]);
});
