import path from "node:path";
import type { AuditEntry, AuditResult } from "@claw/core/access/audit";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { Faults, faulty } from "../../../tests/support/faulty-engine.ts";
import { homeOfTest } from "../../../tests/support/test-app.ts";
import { openLibsqlStore } from "../../store/libsql/libsql-store.ts";
import type { AuditDraft } from "./audit-draft.ts";
import { type AuditTrail, createAuditTrail } from "./audit-trail.ts";

const MINUTE_MS = 60_000;

/** A trail in a real database, by a clock that stands still until a test moves it. */
async function openTrail() {
  const faults = new Faults();
  const store = await openLibsqlStore(path.join(await homeOfTest(), "claw.db"));
  onTestFinished(() => store[Symbol.asyncDispose]());
  const host = new FakeHost();
  const began = host.now();
  let ahead = 0;
  host.now = () => began + ahead;
  const advance = (ms: number) => {
    ahead += ms;
    host.advance(Math.max(0, ms));
  };
  const logged: string[] = [];
  const log = pino({}, { write: (line) => void logged.push(line) });
  const trail = createAuditTrail({ store: faulty("store", store, faults), host, log });
  /** Oldest first. */
  const lines = async () => (await store.listAudit({ before: null, limit: 10_000 })).reverse();
  return { trail, lines, advance, faults, logged };
}

const guess = (patch: Partial<AuditDraft> = {}): AuditDraft => ({
  ...{ user: null, via: null, address: "10.0.0.1", action: "auth.login" },
  ...{ instanceIds: [], about: [], object: null },
  ...patch,
});
const by = (user: string, action: string, patch: Partial<AuditDraft> = {}): AuditDraft =>
  guess({ user, via: { kind: "session", id: `s of ${user}` }, action, ...patch });
const about = (id: string) => ({
  instanceIds: [id],
  about: [{ id, uid: `uid of ${id}`, owner: null }],
});

async function times(trail: AuditTrail, n: number, audit: AuditDraft, result: AuditResult) {
  for (let time = 0; time < n; time++) await trail.record(audit, result);
}

const sum = (lines: readonly AuditEntry[]) => lines.reduce((all, { count }) => all + count, 0);

describe("what is over the budget of a minute", () => {
  test("of failed log-ins is one line with their number, which comes when the minute is over", async () => {
    const { trail, lines, advance } = await openTrail();
    await times(trail, 99, guess(), "TOO_MANY_ATTEMPTS");
    await trail.record(guess({ address: "10.0.0.2" }), "TOO_MANY_ATTEMPTS");
    expect(await lines()).toHaveLength(60);
    advance(MINUTE_MS);
    await eventually(async () => expect(await lines()).toHaveLength(61));
    const written = await lines();
    expect(written.at(-1)).toMatchObject({
      ...{ user: null, via: null, address: "10.0.0.2", action: "auth.login" },
      ...{ result: "TOO_MANY_ATTEMPTS", count: 40 },
    });
    expect(sum(written)).toBe(100);
    await times(trail, 61, guess(), "TOO_MANY_ATTEMPTS");
    expect(await lines()).toHaveLength(121);
  });

  test("comes before the next entry, though nobody woke up for it", async () => {
    const { trail, lines, advance } = await openTrail();
    await times(trail, 70, guess({ action: "instances.list" }), "UNAUTHENTICATED");
    await times(trail, 5, guess({ user: "admin" }), "CREDENTIALS_WRONG");
    // As after a sleep of the machine, and after a clock that was put back.
    for (const ms of [-1, 1]) {
      advance(ms);
      await trail.record(by("mina", "auth.logout"), "ok");
      const [more, next] = (await lines()).slice(-2);
      expect(next).toMatchObject({ action: "auth.logout", count: 1 });
      if (ms === -1) expect(more).toMatchObject({ action: "instances.list", count: 10 });
    }
    expect(sum((await lines()).filter(({ user }) => user === "admin"))).toBe(5);
  });

  test("is written when the panel ends", async () => {
    const { trail, lines, logged } = await openTrail();
    await times(trail, 65, guess(), "CREDENTIALS_WRONG");
    await trail[Symbol.asyncDispose]();
    expect((await lines()).at(-1)).toMatchObject({ action: "auth.login", count: 5 });
    expect(logged).toEqual([]);
  });

  test("tells which accounts were guessed at, up to a limit, and counts all", async () => {
    const { trail, lines } = await openTrail();
    await times(trail, 60, guess(), "CREDENTIALS_WRONG");
    await times(trail, 7, guess({ user: "admin" }), "CREDENTIALS_WRONG");
    for (let n = 0; n < 1_000; n++)
      await trail.record(guess({ user: `user-${n}` }), "CREDENTIALS_WRONG");
    await times(trail, 2, guess({ user: "admin" }), "CREDENTIALS_WRONG");
    await trail[Symbol.asyncDispose]();
    const written = await lines();
    expect(written.filter(({ user }) => user === "admin")).toMatchObject([{ count: 9 }]);
    expect(written.length).toBeLessThanOrEqual(60 + 201);
    expect(sum(written)).toBe(60 + 7 + 1_000 + 2);
  });
});

describe("a burst of one user", () => {
  test("of the same is 60 lines and one more a minute, and each call is counted", async () => {
    const { trail, lines } = await openTrail();
    await times(trail, 13_500, by("mina", "auth.updateProfile"), "ok");
    await times(trail, 2, by("omar", "auth.updateProfile"), "ok");
    await trail[Symbol.asyncDispose]();
    const written = await lines();
    expect(written.filter(({ user }) => user === "omar").map(({ count }) => count)).toEqual([1, 1]);
    const minas = written.filter(({ user }) => user === "mina");
    expect([minas.length, sum(minas), minas.at(-1)?.count]).toEqual([61, 13_500, 13_440]);
  });

  test("of refusals is one line, whatever was named", async () => {
    const { trail, lines } = await openTrail();
    for (let n = 0; n < 500; n++)
      await trail.record(
        by("mina", "instances.start", { instanceIds: [`x${n}`] }),
        "INSTANCE_NOT_FOUND",
      );
    await trail[Symbol.asyncDispose]();
    const written = await lines();
    expect([written.length, sum(written)]).toEqual([61, 500]);
    expect(written.at(-1)).toMatchObject({ instanceIds: [], object: null });
  });

  test("hides nothing that was done once to each of many", async () => {
    const { trail, lines } = await openTrail();
    for (let n = 0; n < 200; n++)
      await trail.record(by("olaf", "backups.remove", { object: `b${n}` }), "ok");
    expect((await lines()).map(({ object }) => object).at(-1)).toBe("b199");
    expect(await lines()).toHaveLength(200);
  });

  test("of many different things ends, too, and names each instance that it is about", async () => {
    const { trail, lines } = await openTrail();
    for (let n = 0; n < 2_000; n++)
      await trail.record(
        by("olaf", `a.${n % 50}`, { object: `o${n}`, ...about(`i${n % 3}`) }),
        "ok",
      );
    await trail[Symbol.asyncDispose]();
    const written = await lines();
    expect(written).toHaveLength(300 + 150);
    expect(sum(written)).toBe(2_000);
    expect(written.at(-1)).toMatchObject({ action: "a.49", ...about("i2"), count: 11 });
  });

  test("of the panel's own is written as it is", async () => {
    const { trail, lines } = await openTrail();
    const via = { kind: "schedule", id: "backups" } as const;
    await times(trail, 400, by("schedule", "backups.remove", { via }), "ok");
    expect(await lines()).toHaveLength(400);
  });
});

describe("what cannot be written", () => {
  test("is written when the minute is over, with its number", async () => {
    const { trail, lines, advance, faults, logged } = await openTrail();
    faults.failNext("store.appendAudit", new Error("disk full"));
    await trail.record(by("mina", "instances.stop", about("anna")), "ok");
    expect(logged.join("")).toContain("the audit trail cannot be written: disk full");
    expect(await lines()).toEqual([]);
    advance(MINUTE_MS);
    await eventually(async () => expect(await lines()).toHaveLength(1));
    expect(await lines()).toMatchObject([{ user: "mina", ...about("anna"), count: 1 }]);
  });

  test("until the panel ends is told by the log", async () => {
    const { trail, faults, logged } = await openTrail();
    for (let time = 0; time < 2; time++)
      faults.failNext("store.appendAudit", new Error("disk full"));
    await trail.record(by("mina", "auth.logout"), "ok");
    await trail[Symbol.asyncDispose]();
    expect(logged.join("")).toContain("1 entries of the audit trail are lost");
  });
});
