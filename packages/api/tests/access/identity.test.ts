import { expect, test } from "vitest";
import { type ClawClient, createClawClient } from "../../src/client.ts";
import { timestamp } from "../../src/host/host.ts";
import { backupIdOf } from "../support/job-results.ts";
import { haveUser, signIn, TEST_PASSWORD } from "../support/sign-in.ts";
import { createTestApp, type TestApp } from "../support/test-app.ts";

type Role = "member" | "operator";

async function clientOf(app: TestApp, username: string, role: Role = "member") {
  const user = await haveUser(app.context.store, username, role);
  app.context.access.people.set(user);
  const { token } = await signIn(app.context, user);
  return createClawClient({ url: app.url, token });
}

const reasonOf = (call: Promise<unknown>) =>
  call.then(
    () => "done",
    (error: { data?: { reason: string } }) => error.data?.reason ?? "?",
  );

const make = (app: TestApp, id: string, owner?: string) =>
  app.client.instances.create.mutate({ id, name: id, start: false, ...(owner && { owner }) });

async function backedUp(app: TestApp, client: ClawClient, id: string): Promise<string> {
  const job = await client.backups.create.mutate({ instanceIds: [id] });
  const ended = await app.context.runtime.jobs.finished(job.id);
  expect(ended.error).toBeNull();
  return backupIdOf(ended);
}

/** Alice had a `bot` and a backup of it; Bob has another instance of that id. */
async function withNamesakes() {
  const app = await createTestApp();
  const [alice, bob] = [await clientOf(app, "alice"), await clientOf(app, "bob")];
  const { uid } = await make(app, "bot", "alice");
  const backupId = await backedUp(app, alice, "bot");
  const ticket = await alice.backups.downloadTicket.mutate({ id: backupId });
  await app.client.instances.remove.mutate({ id: "bot", deleteData: true });
  const now = await make(app, "bot", "bob");
  return {
    ...{ app, alice, bob, backupId, ticket, uid, now },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

test("an instance that gets a former one's id is another one, told by its uid", async () => {
  await using world = await withNamesakes();
  const { app, uid, now } = world;
  expect(uid).toMatch(/^[0-9a-f]{32}$/);
  expect(now.uid).toMatch(/^[0-9a-f]{32}$/);
  expect(now.uid).not.toBe(uid);
  await app.client.instances.assign.mutate({ ids: ["bot"], owner: "alice" });
  expect((await app.client.instances.get.query({ id: "bot" })).uid).toBe(now.uid);
});

test("whose it is finds nothing of the former one: backups, jobs, audit trail", async () => {
  await using world = await withNamesakes();
  const { app, alice, bob, backupId } = world;
  expect(await bob.backups.list.query()).toEqual([]);
  expect(await bob.jobs.list.query()).toEqual([]);
  for (const call of [
    bob.backups.get.query({ id: backupId }),
    bob.backups.downloadTicket.mutate({ id: backupId }),
    bob.backups.verify.mutate({ id: backupId }),
  ])
    expect(await reasonOf(call)).toBe("BACKUP_NOT_FOUND");
  const [job] = await alice.jobs.list.query();
  expect(await reasonOf(bob.jobs.log.query({ id: job?.id ?? "" }))).toBe("JOB_NOT_FOUND");
  const { entries } = await bob.audit.list.query({});
  const byOthers = entries.filter(({ user }) => user !== "bob");
  expect(byOthers.map(({ action }) => action)).toEqual(["instances.create"]);
  expect(await app.client.backups.list.query()).toHaveLength(1);
});

test("whose the former one was keeps what was made of it, and finds nothing of the new one", async () => {
  await using world = await withNamesakes();
  const { app, alice, bob, backupId, ticket, uid } = world;
  await backedUp(app, bob, "bot");
  const listed = await alice.backups.list.query();
  expect(listed.map(({ id, instances }) => [id, instances[0]?.uid])).toEqual([[backupId, uid]]);
  expect((await fetch(app.url + ticket.url)).status).toBe(200);
  expect(await alice.jobs.list.query()).toHaveLength(1);
  const { entries } = await alice.audit.list.query({});
  expect(entries.map(({ action }) => action).reverse()).toEqual([
    ...["instances.create", "backups.create", "backups.downloadTicket", "instances.remove"],
  ]);
  expect(await alice.instances.list.query()).toEqual([]);
});

test("what was made before an instance was given to somebody is not given with it", async () => {
  await using app = await createTestApp();
  const [alice, bob] = [await clientOf(app, "alice"), await clientOf(app, "bob")];
  await make(app, "bot", "alice");
  const backupId = await backedUp(app, alice, "bot");
  await app.client.instances.assign.mutate({ ids: ["bot"], owner: "bob" });
  expect(await bob.backups.list.query()).toEqual([]);
  const { entries } = await bob.audit.list.query({});
  expect(entries.map(({ action }) => action)).toEqual(["instances.assign"]);
  const own = await backedUp(app, bob, "bot");
  expect((await bob.backups.list.query()).map(({ id }) => id)).toEqual([own]);
  expect((await alice.backups.list.query()).map(({ id }) => id)).toEqual([backupId]);
});

test("what a configuration was before an instance was given to somebody is not given with it", async () => {
  await using app = await createTestApp();
  const [alice, bob] = [await clientOf(app, "alice"), await clientOf(app, "bob")];
  const operator = await clientOf(app, "olga", "operator");
  await make(app, "bot", "alice");
  const save = async ({ instances }: ClawClient, text: string) => {
    const { revision } = await instances.readConfig.query({ id: "bot" });
    await instances.saveConfig.mutate({ id: "bot", text, revision });
  };
  const versionsOf = async ({ instances }: ClawClient) => {
    const { versions, lastHealthy } = await instances.configHistory.query({ id: "bot" });
    return [versions.map(({ version }) => version), lastHealthy?.version];
  };
  const { uid } = await app.client.instances.get.query({ id: "bot" });
  await save(alice, "{ secret: 'of alice' }");
  await app.context.store.markConfigHealthy(uid, 2, timestamp(app.host));
  await save(alice, "{ given: 1 }");
  expect(await versionsOf(alice)).toEqual([[3, 2, 1], 2]);
  await app.client.instances.assign.mutate({ ids: ["bot"], owner: "bob" });
  // The text that is there is theirs to read.
  expect(await versionsOf(bob)).toEqual([[3], undefined]);
  await save(bob, "{ own: 1 }");
  expect(await versionsOf(bob)).toEqual([[4], undefined]);
  for (const version of [1, 2, 3])
    for (const call of [
      bob.instances.configVersion.query({ id: "bot", version }),
      bob.instances.compareConfigs.query({ id: "bot", from: version, to: 4 }),
      bob.instances.restoreConfig.mutate({ id: "bot", version }),
    ])
      expect(await reasonOf(call)).toBe("CONFIG_VERSION_NOT_FOUND");
  expect((await bob.instances.configVersion.query({ id: "bot", version: 4 })).text).toBe(
    "{ own: 1 }",
  );
  for (const other of [operator, app.client])
    expect(await versionsOf(other)).toEqual([[4, 3, 2, 1], 2]);
});

test("a user who gets a former one's name finds nothing of theirs", async () => {
  await using world = await withNamesakes();
  const { app } = world;
  await app.client.users.remove.mutate({ username: "alice" });
  app.host.advance(1_000);
  await app.client.users.create.mutate({
    ...{ username: "alice", displayName: "Alice", role: "member" },
  });
  const alice = await clientOf(app, "alice");
  expect(await alice.backups.list.query()).toEqual([]);
  expect(await alice.jobs.list.query()).toEqual([]);
  expect((await alice.audit.list.query({})).entries).toEqual([]);
});

test("a token that is confined to an instance opens no other one of its id", async () => {
  await using app = await createTestApp();
  await make(app, "bot");
  const { token } = await app.client.tokens.create.mutate({
    ...{ name: "ci", scope: "operate", instanceIds: ["bot"], password: TEST_PASSWORD },
  });
  const confined = createClawClient({ url: app.url, token });
  expect(await confined.instances.list.query()).toHaveLength(1);
  await app.client.instances.remove.mutate({ id: "bot", deleteData: true });
  await make(app, "bot");
  expect(await confined.instances.list.query()).toEqual([]);
  expect(await reasonOf(confined.instances.start.mutate({ id: "bot" }))).toBe("INSTANCE_NOT_FOUND");
});

test("a token that is confined to an instance reads of the audit trail what is about it", async () => {
  await using app = await createTestApp();
  await app.client.users.create.mutate({
    ...{ username: "mina", displayName: "Mina", role: "member" },
  });
  for (const id of ["bot", "other"]) await make(app, id, "mina");
  await app.client.instances.assign.mutate({ ids: ["bot", "other"], owner: null });
  const { token } = await app.client.tokens.create.mutate({
    ...{ name: "ci", scope: "read", instanceIds: ["bot"], password: TEST_PASSWORD },
  });
  const { entries } = await createClawClient({ url: app.url, token }).audit.list.query({});
  expect(entries.map(({ action, instanceIds }) => [action, instanceIds]).reverse()).toEqual([
    ["instances.create", ["bot"]],
    ["instances.assign", ["bot"]],
    ["tokens.create", ["bot"]],
  ]);
});

test("an operator does not put a former instance's data into somebody else's; an administrator is warned", async () => {
  await using world = await withNamesakes();
  const { app, backupId, now } = world;
  const olaf = await clientOf(app, "olaf", "operator");
  const { instances } = await olaf.backups.plan.query({ id: backupId });
  expect(instances).toMatchObject([{ action: "replace", warnings: ["OTHER_INSTANCE"] }]);
  expect(await reasonOf(olaf.backups.restore.mutate({ id: backupId }))).toBe("FORBIDDEN");
  const copies = [{ from: "bot", id: "copy", name: "copy" }];
  const copying = await olaf.backups.restore.mutate({ id: backupId, copies });
  expect((await app.context.runtime.jobs.finished(copying.id)).status).toBe("succeeded");
  expect((await app.client.instances.get.query({ id: "copy" })).owner).toBe("alice");

  const job = await app.client.backups.restore.mutate({ id: backupId });
  expect((await app.context.runtime.jobs.finished(job.id)).status).toBe("succeeded");
  expect(await app.client.instances.get.query({ id: "bot" })).toMatchObject({
    ...{ uid: now.uid, owner: "bob" },
  });
});

test("an operator does not bring back a former instance's data into somebody else's", async () => {
  await using app = await createTestApp();
  const [alice] = [await clientOf(app, "alice"), await clientOf(app, "bob")];
  const olaf = await clientOf(app, "olaf", "operator");
  await make(app, "bot", "alice");
  const id = await backedUp(app, alice, "bot");
  await app.context.runtime.jobs.finished((await olaf.backups.restore.mutate({ id })).id);
  const [copy] = await olaf.backups.snapshots.query();
  await app.client.instances.remove.mutate({ id: "bot", deleteData: true });
  await make(app, "bot", "bob");
  expect(await reasonOf(olaf.backups.revert.mutate({ id: copy?.id ?? "" }))).toBe("FORBIDDEN");
});

test("an instance that is restored after its deletion is the one that it was", async () => {
  await using app = await createTestApp();
  const alice = await clientOf(app, "alice");
  const { uid } = await make(app, "bot", "alice");
  const id = await backedUp(app, alice, "bot");
  await app.client.instances.remove.mutate({ id: "bot", deleteData: true });
  const job = await app.client.backups.restore.mutate({ id });
  expect((await app.context.runtime.jobs.finished(job.id)).status).toBe("succeeded");
  expect(await alice.instances.get.query({ id: "bot" })).toMatchObject({ uid, owner: "alice" });
});

test("a backup that is found again after the database was lost knows which instance it is of", async () => {
  await using app = await createTestApp();
  const alice = await clientOf(app, "alice");
  const { uid } = await make(app, "bot", "alice");
  const id = await backedUp(app, alice, "bot");
  const { filename } = (await app.client.backups.list.query())[0] ?? { filename: "" };
  const content = await app.context.disk.archives.inspect(filename);
  expect(content.instances.map(({ record }) => [record.uid, record.owner])).toEqual([
    [uid, "alice"],
  ]);
  await app.context.store.deleteBackup(id);
  await using again = await createTestApp({ home: app.home, engine: app.engine, busy: true });
  await expect
    .poll(async () => (await again.client.backups.list.query())[0]?.instances[0])
    .toMatchObject({ id: "bot", uid, owner: "alice" });
});
