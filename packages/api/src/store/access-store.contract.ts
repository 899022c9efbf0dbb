import { expect, test } from "vitest";
import { userOf } from "../../tests/support/sign-in.ts";
import { specOf } from "../../tests/support/specs.ts";
import type { NewAuditEntry } from "./access-records.ts";
import type { StoreHarness } from "./store.contract.ts";
import type { Store } from "./store.ts";

const AT = "2026-01-01T00:00:00.000Z";
const LATER = "2026-02-01T00:00:00.000Z";

const sessionOf = (id: string, userId: string, patch = {}) => ({
  ...{ id, userId, tokenHash: `hash of ${id}`, address: "10.0.0.1", userAgent: "test" },
  ...{ createdAt: AT, lastSeenAt: AT, expiresAt: LATER },
  ...patch,
});
const tokenOf = (id: string, userId: string, patch = {}) => ({
  ...{ id, userId, tokenHash: `hash of ${id}`, name: "ci", scope: "read" as const },
  ...{ instanceIds: null, instanceUids: null, createdAt: AT, expiresAt: LATER, lastUsedAt: null },
  ...patch,
});
const auditDraftOf = (patch: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  ...{ at: AT, user: "mina", via: null, address: "10.0.0.1", action: "instances.start" },
  ...{ instanceIds: [], about: [], object: null, result: "ok", count: 1 },
  ...patch,
});
const aboutOf = (id: string, owner: string) => ({ id, uid: `uid of ${id}`, owner });
const anybody = (patch = {}) => ({ before: null, limit: 100, ...patch });

/** The part of the `Store` contract about users, credentials and the audit trail. */
export function describeAccessStore(name: string, makeHarness: () => Promise<StoreHarness>): void {
  const withStore = async (action: (store: Store, harness: StoreHarness) => Promise<void>) => {
    await using harness = await makeHarness();
    await using store = await harness.open();
    await action(store, harness);
  };

  test(`${name} store: keeps every field of a user, and one user per name`, () =>
    withStore(async (store, harness) => {
      const mina = userOf({
        ...{ id: "u1", username: "mina", displayName: "王小明", role: "member" },
        ...{ passwordHash: "$argon2id$x", totpSecret: "ABC", totpStep: 7 },
        ...{ recoveryHashes: ["a", "b"], lastLoginAt: AT, disabled: true },
      });
      for (const user of [mina, userOf()]) await store.insertUser(user);
      await expect(store.insertUser(userOf({ id: "u2" }))).rejects.toMatchObject({
        reason: "USER_EXISTS",
      });
      await using again = await harness.open();
      expect(await again.listUsers()).toEqual([userOf(), mina]);
      expect(await again.findUser("mina")).toEqual(mina);
      expect(await again.findUserById("u1")).toEqual(mina);
      expect(await again.findUser("nobody")).toBeNull();
      const changed = await store.updateUser("u1", { displayName: "Mina", disabled: false });
      expect(changed).toEqual({ ...mina, displayName: "Mina", disabled: false });
      await expect(store.updateUser("u9", {})).rejects.toMatchObject({ reason: "USER_NOT_FOUND" });
    }));

  test(`${name} store: a code is taken by one of many`, () =>
    withStore(async (store) => {
      const factor = { totpSecret: "ABC", totpStep: 7, recoveryHashes: ["a", "b", "c"] };
      await store.insertUser(userOf(factor));
      const many = <T>(action: () => Promise<T>) => Promise.all(Array.from({ length: 6 }, action));
      const took = (answers: boolean[]) => answers.filter(Boolean).length;
      const take = (step: number, secret = "ABC") => store.takeTotpStep("u0", { secret, step });
      expect(took(await many(() => take(8)))).toBe(1);
      expect([await take(7), await take(8), await take(9, "OTHER"), await take(9)]).toEqual([
        ...[false, false, false, true],
      ]);
      expect(took(await many(() => store.takeRecoveryCode("u0", "b")))).toBe(1);
      expect(await store.takeRecoveryCode("u9", "a")).toBe(false);
      const [user] = await store.listUsers();
      expect(user).toMatchObject({ totpStep: 9, recoveryHashes: ["a", "c"] });
    }));

  test(`${name} store: only one of many is the first user`, () =>
    withStore(async (store) => {
      const tries = Array.from({ length: 10 }, (_, n) =>
        store.insertUser(userOf({ id: `u${n}`, username: `n${n}` }), { first: true }),
      );
      const outcomes = await Promise.allSettled(tries);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await store.listUsers()).toHaveLength(1);
    }));

  test(`${name} store: somebody is always left who may administer`, () =>
    withStore(async (store) => {
      const other = userOf({ id: "u1", username: "mina" });
      for (const user of [userOf(), other]) await store.insertUser(user);
      await store.updateUser("u1", { disabled: true });
      for (const attempt of [
        store.updateUser("u0", { role: "member" }),
        store.updateUser("u0", { disabled: true }),
        store.deleteUser("u0"),
      ])
        await expect(attempt).rejects.toMatchObject({ reason: "LAST_ADMINISTRATOR" });
      expect(await store.findUserById("u0")).toEqual(userOf());
      await store.updateUser("u1", { disabled: false });
      const both = await Promise.allSettled([store.deleteUser("u0"), store.deleteUser("u1")]);
      expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    }));

  test(`${name} store: who is deleted takes sessions, tokens and links along, and leaves the instances`, () =>
    withStore(async (store) => {
      for (const user of [userOf(), userOf({ id: "u1", username: "mina" })])
        await store.insertUser(user);
      await store.insertInstance(() => specOf({ owner: "u1" }));
      await store.insertSession(sessionOf("s1", "u1"));
      await store.insertToken(tokenOf("t1", "u1"));
      await store.saveLink({ userId: "u1", codeHash: "c", expiresAt: LATER });
      await store.deleteUser("u1");
      await store.deleteUser("u1");
      const ownership = expect.not.stringMatching(/^o0$/);
      expect(await store.listInstances()).toEqual([{ ...specOf({ owner: null }), ownership }]);
      expect(await store.findSession("hash of s1")).toBeNull();
      expect(await store.findToken("hash of t1")).toBeNull();
      expect(await store.findLink("c")).toBeNull();
    }));

  test(`${name} store: each change of owner makes another ownership, and nothing else does`, () =>
    withStore(async (store) => {
      for (const user of [userOf(), userOf({ id: "u1", username: "mina" })])
        await store.insertUser(user);
      await store.insertInstance(() => specOf({ id: "anna", owner: "u1" }));
      const seen = ["o0"];
      for (const owner of [null, "u1", "u0", "u1", null]) {
        const patch = { owner, updatedAt: LATER };
        const { ownership } = await store.updateInstance("anna", patch);
        expect(seen, String(owner)).not.toContain(ownership);
        seen.push(ownership);
        expect(await store.updateInstance("anna", { ...patch, name: "B" })).toMatchObject({
          ownership,
        });
        expect(await store.findInstance("anna")).toMatchObject({ owner, ownership });
      }
    }));

  test(`${name} store: sessions are found by their hash, touched, and end alone or together`, () =>
    withStore(async (store) => {
      await store.insertUser(userOf());
      const late = sessionOf("s3", "u0", { createdAt: LATER, lastSeenAt: LATER });
      for (const session of [sessionOf("s1", "u0"), sessionOf("s2", "u0"), late])
        await store.insertSession(session);
      await store.touchSession("s1", LATER);
      expect(await store.findSession("hash of s1")).toMatchObject({ lastSeenAt: LATER });
      expect((await store.listSessions("u0")).map(({ id }) => id)).toEqual(["s3", "s1", "s2"]);
      await store.deleteSessionsBefore({ lastSeenAt: LATER, expiresAt: AT });
      expect((await store.listSessions("u0")).map(({ id }) => id)).toEqual(["s3", "s1"]);
      await store.deleteSessionsOf("u0", "s1");
      expect((await store.listSessions("u0")).map(({ id }) => id)).toEqual(["s1"]);
      await store.deleteSession("s1");
      expect(await store.listSessions("u0")).toEqual([]);
    }));

  test(`${name} store: a token is kept as it was made`, () =>
    withStore(async (store) => {
      await store.insertUser(userOf());
      const token = tokenOf("t1", "u0", { instanceIds: ["a"], scope: "admin" });
      await store.insertToken(token);
      await store.touchToken("t1", LATER);
      expect(await store.listTokens("u0")).toEqual([{ ...token, lastUsedAt: LATER }]);
      await store.deleteToken("t1");
      expect(await store.findToken(token.tokenHash)).toBeNull();
    }));

  test(`${name} store: a link is taken once, and a new one takes its place`, () =>
    withStore(async (store) => {
      await store.insertUser(userOf());
      for (const codeHash of ["old", "new"])
        await store.saveLink({ userId: "u0", codeHash, expiresAt: LATER });
      expect(await store.findLink("old")).toBeNull();
      const takers = await Promise.all(Array.from({ length: 5 }, () => store.takeLink("new")));
      expect(takers.filter(Boolean)).toHaveLength(1);
    }));

  test(`${name} store: the trail is read newest first, a page after the other, and by what one looks for`, () =>
    withStore(async (store) => {
      const auditEvents = [
        auditDraftOf({
          ...{ via: { kind: "session", id: "s1" }, instanceIds: ["a", "b"], object: "j1" },
          about: [aboutOf("a", "olaf"), aboutOf("b", "anna")],
        }),
        auditDraftOf({
          action: "auth.login",
          result: "CREDENTIALS_WRONG",
          user: null,
          at: LATER,
          count: 7,
        }),
        auditDraftOf({ action: "instances.stop", user: "olaf", instanceIds: ["b"] }),
      ];
      const since = AT;
      for (const audit of auditEvents) await store.appendAudit(audit);
      const all = await store.listAudit(anybody());
      expect(all).toEqual([...auditEvents].reverse().map((audit, n) => ({ ...audit, id: 3 - n })));
      const idsOf = async (patch: object) =>
        (await store.listAudit(anybody(patch))).map(({ id }) => id);
      expect(await idsOf({ limit: 2 })).toEqual([3, 2]);
      expect(await idsOf({ before: 2 })).toEqual([1]);
      expect(await idsOf({ user: "olaf" })).toEqual([3]);
      expect(await idsOf({ action: "instances." })).toEqual([3, 1]);
      expect(await idsOf({ action: "instances.start" })).toEqual([1]);
      expect(await idsOf({ action: "%." })).toEqual([]);
      expect(await idsOf({ instanceId: "a" })).toEqual([1]);
      expect(await idsOf({ since: LATER })).toEqual([2]);
      expect(await idsOf({ until: LATER })).toEqual([3, 1]);
      const of = (username: string) => ({ username, since });
      expect(await idsOf({ only: { person: of("olaf") } })).toEqual([3, 1]);
      expect(await idsOf({ only: { person: of("nina") } })).toEqual([]);
      expect(await idsOf({ only: { person: { ...of("olaf"), since: LATER } } })).toEqual([]);
      expect(await idsOf({ only: { uids: ["uid of b"] } })).toEqual([1]);
      expect(await idsOf({ only: { person: of("olaf"), uids: ["uid of a"] } })).toEqual([1]);
      expect(await idsOf({ only: { person: of("olaf"), uids: ["uid of b"] } })).toEqual([]);
      expect(await idsOf({ only: { uids: [] } })).toEqual([]);
    }));
}
