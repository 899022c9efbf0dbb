import type { RestoreRequest } from "@claw/core/backup/backup";
import { describe, expect, test } from "vitest";
import { backupIdOf } from "../../../../tests/support/job-results.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { backUp, succeeded } from "../../../../tests/support/restoring.ts";
import { haveUser, signIn } from "../../../../tests/support/sign-in.ts";
import { createTestApp } from "../../../../tests/support/test-app.ts";
import { createClawClient } from "../../../client.ts";
import { removeInstance } from "../../instance/remove-instance.ts";
import { restoreBackup } from "./restore-backup.ts";
import { revert } from "./revert.ts";

/** An instance of Mina's in a backup that tells so, and in one of an older panel. */
async function setUp() {
  const app = await createTestApp();
  const { context, client } = app;
  for (const [name, role] of [
    ["mina", "member"],
    ["olaf", "operator"],
  ] as const)
    context.access.people.set(await haveUser(context.store, name, role));
  await client.instances.create.mutate({ id: "anna", name: "Anna", start: false, owner: "mina" });
  const job = await succeeded(context, await client.backups.create.mutate({}));
  const id = backupIdOf(job);
  const older = await backUp(context, ["anna"]);
  const restore = async (request: Partial<RestoreRequest> = {}) => {
    const done = await succeeded(context, await restoreBackup(context, { id, ...request }));
    const log = await context.runtime.jobs.log(done.id);
    return log.map(({ text }) => text).join("\n");
  };
  const ownerOf = (instanceId: string) => context.runtime.live.board.get(instanceId).owner;
  const gone = (deleteData = true) => removeInstance(context, { id: "anna", deleteData });
  return { app, context, id, older, restore, ownerOf, gone };
}

const copy = { from: "anna", id: "copy", name: "Copy" };

describe("an instance that a restore makes again", () => {
  test("is whose it was, as the backup tells", async () => {
    const { app, restore, ownerOf, gone } = await setUp();
    await using _ = app;
    await app.client.instances.assign.mutate({ ids: ["anna"], owner: "olaf" });
    await gone();
    expect(await restore()).toContain("anna belongs to mina.");
    expect(ownerOf("anna")).toBe("mina");
  });

  test("is nobody's when there is no such user any more, and the job's log says so", async () => {
    const { app, restore, ownerOf, gone } = await setUp();
    await using _ = app;
    await gone();
    await app.client.users.remove.mutate({ username: "mina" });
    expect(await restore()).toContain(
      "anna belongs to nobody: it was mina's, and there is no such",
    );
    expect(ownerOf("anna")).toBeNull();
  });

  test("is whose it was last when the backup does not tell", async () => {
    const { app, older, restore, ownerOf, gone } = await setUp();
    await using _ = app;
    await gone();
    await restore({ id: older.id });
    expect(ownerOf("anna")).toBe("mina");
  });
});

test("an instance that is there stays whose it is now", async () => {
  const { app, restore, ownerOf } = await setUp();
  await using _ = app;
  await app.client.instances.assign.mutate({ ids: ["anna"], owner: "olaf" });
  await restore();
  expect(ownerOf("anna")).toBe("olaf");
});

describe("a copy", () => {
  test("is whose the original is, by the backup or by what the panel knows", async () => {
    const { app, older, restore, ownerOf } = await setUp();
    await using _ = app;
    await restore({ copies: [copy] });
    expect(ownerOf("copy")).toBe("mina");
    await restore({ id: older.id, copies: [{ ...copy, id: "second" }] });
    expect(ownerOf("second")).toBe("mina");
  });

  test("is whose the administrator says, also nobody's; who is not there is refused", async () => {
    const { app, context, id, restore, ownerOf } = await setUp();
    await using _ = app;
    await restore({
      copies: [
        { ...copy, owner: "olaf" },
        { ...copy, id: "free", owner: null },
      ],
    });
    expect([ownerOf("copy"), ownerOf("free")]).toEqual(["olaf", null]);
    const nobody = { id, copies: [{ ...copy, id: "third", owner: "nobody" }] };
    await rejects(restoreBackup(context, nobody), "USER_NOT_FOUND");
  });

  test("is not given to somebody by an operator, who may not assign instances", async () => {
    const { app, context, id, ownerOf } = await setUp();
    await using _ = app;
    const { token } = await signIn(context, await haveUser(context.store, "olaf", "operator"));
    const { backups } = createClawClient({ url: app.url, token });
    for (const owner of ["olaf", null])
      await expect(
        backups.restore.mutate({ id, copies: [{ ...copy, owner }] }),
      ).rejects.toMatchObject({ data: { reason: "FORBIDDEN" } });
    await succeeded(context, await backups.restore.mutate({ id, copies: [copy] }));
    expect(ownerOf("copy")).toBe("mina");
  });
});

test("what a backup from elsewhere says is believed when an administrator restores it", async () => {
  const { app, context, id, ownerOf, gone } = await setUp();
  await using _ = app;
  await app.client.instances.assign.mutate({ ids: ["anna"], owner: null });
  await gone();
  const backup = await context.store.findBackup(id);
  if (backup) await context.store.saveBackup({ ...backup, createdBy: "upload" });
  const { token } = await signIn(context, await haveUser(context.store, "olaf", "operator"));
  const { backups } = createClawClient({ url: app.url, token });
  await succeeded(context, await backups.restore.mutate({ id }));
  expect(ownerOf("anna")).toBeNull();
  await gone();
  await succeeded(context, await app.client.backups.restore.mutate({ id }));
  expect(ownerOf("anna")).toBe("mina");
});

test("an instance that is made again from a snapshot is whose it was last", async () => {
  const { app, context, restore, ownerOf, gone } = await setUp();
  await using _ = app;
  await restore();
  const [kept] = await context.store.listSnapshots();
  await gone();
  await succeeded(context, await revert(context, kept?.id ?? ""));
  expect(ownerOf("anna")).toBe("mina");
});
