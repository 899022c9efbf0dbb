import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { userOf } from "../../../tests/support/sign-in.ts";
import { jobOf, specOf } from "../../../tests/support/specs.ts";
import { canMount, TinyDisk } from "../../../tests/support/tiny-disk.ts";
import type { SessionRecord } from "../access-records.ts";
import { openLibsqlStore } from "./libsql-store.ts";

const AT = "2026-11-29T12:00:00.000Z";
const LATER = "2026-11-29T13:00:00.000Z";
const USER = userOf();

function sessionOf(id: string): SessionRecord {
  const times = { createdAt: AT, lastSeenAt: AT, expiresAt: "2026-12-29T12:00:00.000Z" };
  return { id, tokenHash: `hash of ${id}`, userId: USER.id, address: "", userAgent: "", ...times };
}

const DEED = {
  ...{
    user: null,
    via: null,
    address: "",
    action: "auth.login",
    instanceIds: [],
    about: [],
    at: AT,
  },
  ...{ object: null, result: "ok" as const, count: 1 },
};

describe.runIf(canMount)("with the disk full", () => {
  /** A store with a user and two sessions; `size` decides whether the reserve fits. */
  async function setUp(size: string) {
    const disk = await TinyDisk.mount(size);
    const open = () => openLibsqlStore(path.join(disk.folder, "data/claw.db"));
    const store = await open();
    await store.insertUser(USER);
    await store.insertInstance(() => specOf());
    for (const id of ["one", "two"]) await store.insertSession(sessionOf(id));
    return { disk, store, open, reserve: path.join(disk.folder, "data/reserve") };
  }

  test("the reserve is given up for what must be written, and made again when there is room", async () => {
    const { disk, store, reserve } = await setUp("64m");
    await using _ = disk;
    expect(await store.room()).toEqual({ isShort: false, owed: 0 });
    await disk.fill();
    await store.saveJob(jobOf());
    expect(await store.room()).toEqual({ isShort: true, owed: 0 });
    expect(existsSync(reserve)).toBe(false);
    await store.catchUp();
    expect(existsSync(reserve)).toBe(false);
    await disk.free();
    await store.catchUp();
    expect(await store.room()).toEqual({ isShort: false, owed: 0 });
    expect(existsSync(reserve)).toBe(true);
  });

  test("and no reserve left, what cannot wait is refused, and says what is full", async () => {
    const { disk, store } = await setUp("4m");
    await using _ = disk;
    await disk.fill();
    const refusal = await rejects(store.saveJob(jobOf({ error: null }), []), "DISK_FULL");
    expect(refusal.message).toMatch(/CLAW_HOME.* full\. Delete backups/);
  });

  test("sessions begin, go on and end in memory, and are written when there is room", async () => {
    const { disk, store, open } = await setUp("4m");
    await using _ = disk;
    await disk.fill();
    await store.deleteSessionsBefore({ lastSeenAt: AT, expiresAt: AT });
    await store.insertSession(sessionOf("three"));
    await store.touchSession("one", LATER);
    await store.touchSession("three", LATER);
    await store.deleteSession("two");
    const expectRight = async (now: typeof store) => {
      expect(await now.findSession("hash of two")).toBeNull();
      expect(await now.findSession("hash of three")).toMatchObject({ lastSeenAt: LATER });
      expect(await now.findSession("hash of one")).toMatchObject({ lastSeenAt: LATER });
      expect((await now.listSessions(USER.id)).map(({ id }) => id)).toEqual(["one", "three"]);
    };
    await expectRight(store);
    expect((await store.room()).owed).toBeGreaterThan(0);
    await disk.free();
    await store.catchUp();
    expect((await store.room()).owed).toBe(0);
    await expectRight(store);
    await using other = await open();
    await expectRight(other);
  });

  test("all of a user's sessions end, also those that only memory has", async () => {
    const { disk, store, open } = await setUp("4m");
    await using _ = disk;
    await disk.fill();
    await store.insertSession(sessionOf("three"));
    await store.deleteSessionsOf(USER.id, "one");
    expect((await store.listSessions(USER.id)).map(({ id }) => id)).toEqual(["one"]);
    await disk.free();
    await store[Symbol.asyncDispose]();
    await using other = await open();
    expect((await other.listSessions(USER.id)).map(({ id }) => id)).toEqual(["one"]);
  });

  test("a wish is heard and written later, unless a newer one was written meanwhile", async () => {
    const { disk, store, open } = await setUp("4m");
    await using _ = disk;
    const { id } = specOf();
    await disk.fill();
    expect(await store.updateInstance(id, { desired: "stopped", updatedAt: LATER })).toMatchObject({
      desired: "stopped",
    });
    expect(await store.listInstances()).toMatchObject([{ id, desired: "stopped" }]);
    await rejects(
      store.updateInstance(id, { name: "x".repeat(9_000), updatedAt: LATER }),
      "DISK_FULL",
    );
    await disk.free();
    await store.updateInstance(id, { desired: "running", updatedAt: LATER });
    await store.catchUp();
    await using other = await open();
    for (const each of [store, other])
      expect(await each.findInstance(id)).toMatchObject({ desired: "running" });
  });

  test("a code of a device is good once for many at once, before and after it is written down", async () => {
    const { disk, store, open } = await setUp("4m");
    await using _ = disk;
    await store.updateUser(USER.id, { totpSecret: "ABC", totpStep: 7, recoveryHashes: ["a"] });
    await disk.fill();
    const take = (step: number, secret = "ABC") => store.takeTotpStep(USER.id, { secret, step });
    const took = async (step: number) =>
      (await Promise.all(Array.from({ length: 6 }, () => take(step)))).filter(Boolean).length;
    expect([await took(8), await took(8), await took(7)]).toEqual([1, 0, 0]);
    expect([await take(9, "OTHER"), await take(9), await take(9)]).toEqual([false, true, false]);
    await rejects(store.takeRecoveryCode(USER.id, "a"), "DISK_FULL");
    expect(await store.takeRecoveryCode(USER.id, "wrong")).toBe(false);
    await disk.free();
    await store.catchUp();
    expect([await took(9), await took(10)]).toEqual([0, 1]);
    expect(await store.takeRecoveryCode(USER.id, "a")).toBe(true);
    await using other = await open();
    expect(await other.findUserById(USER.id)).toMatchObject({ totpStep: 10, recoveryHashes: [] });
  });

  test("an instance is deleted, and its id, port and network can be had again at once", async () => {
    const { disk, store, open } = await setUp("4m");
    await using _ = disk;
    const { id } = specOf();
    await disk.fill();
    await store.noteSetting("left", { owner: "u1" });
    const removing = { phase: "removing", updatedAt: LATER } as const;
    expect(await store.updateInstance(id, removing)).toMatchObject({ phase: "removing" });
    await store.deleteInstance(id);
    expect(await store.findInstance(id)).toBeNull();
    expect(await store.listInstances()).toEqual([]);
    expect(await store.readSetting("left")).toEqual({ owner: "u1" });
    await disk.free();
    await store.insertInstance(({ ids, ports, subnets }) => {
      expect([ids.size, ports.size, subnets.length]).toEqual([0, 0, 0]);
      return specOf();
    });
    await store.catchUp();
    await using other = await open();
    for (const each of [store, other]) {
      expect(await each.findInstance(id)).toEqual(specOf());
      expect(await each.readSetting("left")).toEqual({ owner: "u1" });
    }
  });

  test("what was done is written down in its order when there is room", async () => {
    const { disk, store } = await setUp("4m");
    await using _ = disk;
    await disk.fill();
    for (const action of ["auth.login", "auth.logout"])
      await store.appendAudit({ ...DEED, action });
    await disk.free();
    await store.catchUp();
    const listed = await store.listAudit({ before: null, limit: 10 });
    expect(listed.map(({ action }) => action)).toEqual(["auth.logout", "auth.login"]);
  });

  test("the store opens, giving up the reserve where it has to", async () => {
    const { disk, store, open } = await setUp("64m");
    await using _ = disk;
    await store[Symbol.asyncDispose]();
    await disk.fill();
    await using again = await open();
    expect(await again.findInstance(specOf().id)).not.toBeNull();
  });
});
