import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "@libsql/client";
import { describe, expect, test } from "vitest";
import { jobOf, specOf } from "../../../tests/support/specs.ts";
import { canMount, TinyDisk } from "../../../tests/support/tiny-disk.ts";
import { describeAccessStore } from "../access-store.contract.ts";
import { describeBackupStore } from "../backup-store.contract.ts";
import { describeConfigStore } from "../config-store.contract.ts";
import { describeStore } from "../store.contract.ts";
import { describeTemplateStore } from "../template-store.contract.ts";
import { openLibsqlStore } from "./libsql-store.ts";

/** A program that writes for 300 ms. */
const HOLD = `
  import { pathToFileURL } from "node:url";
  import { createClient } from "@libsql/client";
  const client = createClient({ url: pathToFileURL(process.argv[1]).href });
  const transaction = await client.transaction("write");
  console.log("held");
  setTimeout(() => transaction.commit(), 300);
`;

async function folder() {
  const made = await mkdtemp(path.join(tmpdir(), "claw store %41 #1 家-"));
  return {
    file: path.join(made, "data", "claw.db"),
    [Symbol.asyncDispose]: () => rm(made, { recursive: true }),
  };
}

for (const describeContract of [
  describeStore,
  describeBackupStore,
  describeAccessStore,
  describeTemplateStore,
  describeConfigStore,
])
  describeContract("libsql", async () => {
    const place = await folder();
    return { ...place, open: () => openLibsqlStore(place.file) };
  });

describe("the database file", () => {
  test("lies exactly where it was asked for, in a folder of the panel's own", async () => {
    await using place = await folder();
    await using store = await openLibsqlStore(place.file);
    await store.saveJob(jobOf());
    expect(await readdir(path.dirname(place.file))).toContain("claw.db");
    expect((await readFile(place.file)).subarray(0, 15).toString()).toBe("SQLite format 3");
    if (process.platform !== "win32")
      expect((await stat(path.dirname(place.file))).mode & 0o777).toBe(0o700);
  });

  test.skipIf(process.platform === "win32")(
    "is for the panel's user alone, as the configurations in it are; also one of an earlier version",
    async () => {
      await using place = await folder();
      await (await openLibsqlStore(place.file))[Symbol.asyncDispose]();
      await chmod(place.file, 0o644);
      await using store = await openLibsqlStore(place.file);
      await store.saveJob(jobOf());
      for (const name of await readdir(path.dirname(place.file)))
        if (name.startsWith("claw.db"))
          expect([
            name,
            (await stat(path.join(path.dirname(place.file), name))).mode & 0o777,
          ]).toEqual([name, 0o600]);
    },
  );

  test("what was done stays written: no statement changes or deletes it", async () => {
    await using place = await folder();
    await using store = await openLibsqlStore(place.file);
    const audit = {
      user: null,
      via: null,
      address: "",
      action: "auth.login",
      instanceIds: [],
      about: [],
    };
    const entry = {
      ...audit,
      at: "2026-01-01T00:00:00.000Z",
      object: null,
      result: "ok" as const,
      count: 1,
    };
    await store.appendAudit(entry);
    const other = createClient({ url: `file://${encodeURI(place.file).replace("#", "%23")}` });
    for (const statement of ["UPDATE audit SET result = 'x'", "DELETE FROM audit"])
      await expect(other.execute(statement)).rejects.toThrow(/append only/);
    other.close();
    expect(await store.listAudit({ before: null, limit: 10 })).toEqual([{ ...entry, id: 1 }]);
  });

  test("is written ahead, so that readers do not wait and a crash loses nothing", async () => {
    await using place = await folder();
    await using _store = await openLibsqlStore(place.file);
    const other = createClient({ url: `file://${encodeURI(place.file).replace("#", "%23")}` });
    const mode = await other.execute("PRAGMA journal_mode");
    other.close();
    expect(mode.rows[0]?.journal_mode).toBe("wal");
  });

  test("that another process has for a moment is waited for", async () => {
    await using place = await folder();
    await using store = await openLibsqlStore(place.file);
    const holder = spawn(process.execPath, ["--input-type=module", "-e", HOLD, place.file], {
      cwd: import.meta.dirname,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(holder, "exit");
    await once(holder.stdout, "data");
    await store.insertInstance(() => specOf());
    expect(await store.listInstances()).toEqual([specOf()]);
    expect(await ended).toEqual([0, null]);
  });

  test("that is no database is refused, and not touched", async () => {
    await using place = await folder();
    await openLibsqlStore(place.file).then((store) => store[Symbol.asyncDispose]());
    const garbage = "this is no database, but somebody's text".repeat(200);
    // libsql may give up its side files a moment after it was closed.
    for (const name of await readdir(path.dirname(place.file)))
      await rm(path.join(path.dirname(place.file), name), { force: true });
    await writeFile(place.file, garbage);
    await expect(openLibsqlStore(place.file)).rejects.toThrow(/not a database/);
    expect(await readFile(place.file, "utf8")).toBe(garbage);
  });

  test.runIf(process.platform === "linux")("is opened a few times, not once a write", async () => {
    await using place = await folder();
    await using store = await openLibsqlStore(place.file);
    const openFiles = async () => (await readdir("/proc/self/fd")).length;
    await store.insertInstance(() => specOf({}, 0));
    const before = await openFiles();
    for (let number = 1; number <= 200; number++)
      await store.insertInstance(() => specOf({}, number));
    expect((await openFiles()) - before).toBeLessThan(20);
  });
});

describe.runIf(canMount)("on a disk that is full", () => {
  test("a write says so, nothing is lost, and it goes on when there is room", async () => {
    await using disk = await TinyDisk.mount("1m");
    await using store = await openLibsqlStore(path.join(disk.folder, "data", "claw.db"));
    await store.insertInstance(() => specOf({}, 0));
    await disk.fill();
    const big = { provider: null, answered: null, url: "x".repeat(200_000) };
    await expect(store.saveJob(jobOf({ result: big }))).rejects.toMatchObject({
      reason: "DISK_FULL",
    });
    expect(await store.listInstances()).toEqual([specOf({}, 0)]);
    expect(await store.findJob("j1")).toBeNull();
    await disk.free();
    await store.saveJob(jobOf({ result: big }));
    expect((await store.findJob("j1"))?.result).toEqual(big);
  });
});
