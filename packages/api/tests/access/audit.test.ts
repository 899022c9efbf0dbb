import type { AuditEntry } from "@claw/core/access/audit";
import type { Access } from "@claw/core/access/viewer";
import { describe, expect, test } from "vitest";
import { createClawClient } from "../../src/client.ts";
import { DOORS } from "../../src/services/access/audit-budget.ts";
import { createInstance } from "../../src/services/instance/create-instance.ts";
import { appRouter } from "../../src/trpc/root.ts";
import { FakeHost } from "../support/fake-host.ts";
import { haveUser, signIn, TEST_PASSWORD } from "../support/sign-in.ts";
import { createTestApp, homeOfTest, type TestApp } from "../support/test-app.ts";

interface Procedure {
  _def: { type: "query" | "mutation" | "subscription"; meta: Access };
}

const mutations = Object.entries(
  appRouter._def.procedures as unknown as Record<string, Procedure>,
).flatMap(([path, { _def }]) =>
  _def.type === "mutation" ? [{ path, ...(_def.meta as Access) }] : [],
);

/** Of what one object can be named, by each field that names one. */
const NAMES = { id: "some-object", username: "somebody", ids: ["anna"], instanceIds: ["anna"] };

/** Calls a mutation, and answers what was written down about it. */
async function entriesOf(
  app: TestApp,
  path: string,
  { token, input = NAMES }: { token: string | null; input?: object },
): Promise<AuditEntry[]> {
  const [newest] = await app.context.store.listAudit({ limit: 1, before: null });
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${app.url}/trpc/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...authorization },
    body: JSON.stringify(input),
  });
  await response.text();
  const entries = await app.context.store.listAudit({ limit: 1_000, before: null });
  return entries.filter(({ id }) => id > (newest?.id ?? 0));
}

async function memberOf(app: TestApp, username: string) {
  const user = await haveUser(app.context.store, username, "member");
  app.context.access.people.set(user);
  const { token } = await signIn(app.context, user);
  return { user, token, client: createClawClient({ url: app.url, token }) };
}

/** Actions on one's own account or on the whole panel. */
const ABOUT_NOTHING_ELSE = [
  "auth.changePassword",
  "auth.login",
  "auth.logout",
  "auth.readLink",
  "auth.redeemLink",
  "auth.setup",
  "auth.totpBegin",
  "auth.totpConfirm",
  "auth.totpDisable",
  "auth.updateProfile",
  "backups.savePolicy",
  "image.get",
  "network.probe",
  "network.save",
  "system.saveSettings",
];

/** They need no input, so there is none that they would refuse. */
const WITHOUT_INPUT = ["auth.logout", "image.get", "network.probe"];

test("what an anonymous caller may try to change is told apart from calls that are refused", () => {
  const open = mutations.filter(({ who }) => who === "public" || who === "anyone");
  expect(open.map(({ path }) => path).sort()).toEqual([...DOORS].sort());
});

test("of every mutation it is known what it is about", () => {
  const vague = mutations.filter(({ on }) => on === undefined).map(({ path }) => path);
  expect(vague.sort()).toEqual(ABOUT_NOTHING_ELSE);
});

describe("every mutation is written down once, with who, from where, what about, and how it ended", () => {
  test("when an administrator calls it with what does not exist", async () => {
    await using app = await createTestApp();
    for (const { path, on, who } of mutations) {
      if (WITHOUT_INPUT.includes(path)) continue;
      const entries = await entriesOf(app, path, { token: app.token });
      expect(entries, path).toHaveLength(1);
      const [entry] = entries;
      const isOpen = who === "public" || who === "anyone";
      expect(entry, path).toMatchObject({
        action: path,
        user: isOpen ? null : "admin",
        via: isOpen ? null : { kind: "session", id: app.viewer.id },
        address: "127.0.0.1",
      });
      expect(entry?.result, path).toMatch(/^[A-Z_]+$/);
      const named = [...(entry?.instanceIds ?? []), entry?.object ?? []].flat();
      if (on !== undefined) expect(named, path).not.toEqual([]);
    }
  });

  test("when somebody without a session calls it", async () => {
    await using app = await createTestApp();
    for (const { path, who } of mutations) {
      if (who === "public" || who === "anyone") continue;
      const [entry, ...more] = await entriesOf(app, path, { token: null });
      expect(more, path).toEqual([]);
      expect(entry, path).toMatchObject({ action: path, user: null, result: "UNAUTHENTICATED" });
    }
  });

  test("when a member calls it on what is not theirs", async () => {
    await using app = await createTestApp();
    await createInstance(app.context, { id: "anna", name: "Anna", start: false });
    const { token } = await memberOf(app, "mina");
    for (const { path, on, who } of mutations) {
      if (who === "public" || who === "anyone" || path === "auth.logout") continue;
      const [entry, ...more] = await entriesOf(app, path, {
        token,
        input: { ...NAMES, id: on === "instance" ? "anna" : NAMES.id },
      });
      expect(more, path).toEqual([]);
      expect(entry, path).toMatchObject({ action: path, user: "mina" });
      expect(entry?.result, path).toMatch(/^[A-Z_]+$/);
    }
  });
});

test("what was done is written down with what it made", async () => {
  await using app = await createTestApp();
  const { client } = app;
  const token = await client.tokens.create.mutate({
    ...{ name: "ci", scope: "read", password: TEST_PASSWORD },
  });
  await client.instances.create.mutate({ id: "anna", name: "Anna", start: false });
  const confined = await client.tokens.create.mutate({
    ...{ name: "anna's", scope: "read", instanceIds: ["anna"], password: TEST_PASSWORD },
  });
  const job = await client.backups.create.mutate({});
  await app.context.runtime.jobs.finished(job.id);
  await client.users.create.mutate({ username: "mina", displayName: "Mina", role: "member" });
  await client.instances.assign.mutate({ ids: ["anna"], owner: "mina" });
  const { entries } = await client.audit.list.query({});
  expect(
    entries.map((each) => [each.action, each.instanceIds.join(), each.object]).reverse(),
  ).toEqual([
    ["tokens.create", "", token.id],
    ["instances.create", "anna", null],
    ["tokens.create", "anna", confined.id],
    ["backups.create", "", job.id],
    ["users.create", "", "mina"],
    ["instances.assign", "anna", null],
  ]);
  expect(entries.every(({ result }) => result === "ok")).toBe(true);
});

test("a member finds in what is about theirs no instance of somebody else's", async () => {
  await using app = await createTestApp();
  for (const id of ["mine", "theirs"])
    await createInstance(app.context, { id, name: id, start: false });
  const { client } = await memberOf(app, "mina");
  await app.client.instances.assign.mutate({ ids: ["mine"], owner: "mina" });
  const job = await app.client.backups.create.mutate({ instanceIds: ["mine", "theirs"] });
  await app.context.runtime.jobs.finished(job.id);
  const { entries } = await client.audit.list.query({});
  expect(entries.map(({ action, instanceIds }) => [action, instanceIds])).toEqual([
    ["backups.create", ["mine"]],
    ["instances.assign", ["mine"]],
  ]);
  expect(JSON.stringify(entries)).not.toContain("theirs");
});

test("a burst of calls is joined, with all of them counted, also over the end of the panel", async () => {
  const home = await homeOfTest();
  // All within one minute, and every guess but the first ones too early.
  const host = new FakeHost();
  const at = host.now();
  host.now = () => at;
  {
    await using app = await createTestApp({ home, host });
    for (let n = 0; n < 70; n++)
      await app.client.auth.updateProfile.mutate({ displayName: `Admin ${n}` });
    const anonymous = createClawClient({ url: app.url });
    for (let n = 0; n < 70; n++) await anonymous.instances.list.query().catch(() => undefined);
    for (let n = 0; n < 70; n++)
      await anonymous.auth.login
        .mutate({ username: "nobody", password: "x" })
        .catch(() => undefined);
  }
  await using app = await createTestApp({ home });
  const { entries } = await app.client.audit.list.query({ limit: 1_000 });
  for (const action of ["auth.updateProfile", "instances.list", "auth.login"]) {
    const lines = entries.filter((entry) => entry.action === action);
    expect(lines.length, action).toBe(60 + 1);
    expect(lines[0], action).toMatchObject({ action, count: 10 });
    expect(
      lines.reduce((sum, { count }) => sum + count, 0),
      action,
    ).toBe(70);
  }
});
