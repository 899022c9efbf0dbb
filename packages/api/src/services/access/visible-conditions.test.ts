import { expect, test } from "vitest";
import { keysOf, watchConditions } from "../../../tests/support/condition-lists.ts";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import { backupOf } from "../../../tests/support/specs.ts";
import { createTestApp, type TestApp } from "../../../tests/support/test-app.ts";
import { type ClawClient, createClawClient } from "../../client.ts";
import { createInstance } from "../instance/create-instance.ts";

async function asMember(app: TestApp, username: string) {
  const user = await haveUser(app.context.store, username, "member");
  app.context.access.people.set(user);
  const { token } = await signIn(app.context, user);
  return { user, client: createClawClient({ url: app.url, token }) };
}

const uidOf = (app: TestApp, id: string) => app.context.runtime.live.board.get(id).uid;

test("a member is told of their own instances and of what keeps all from working, an operator of everything", async () => {
  await using app = await createTestApp();
  const { context, engine } = app;
  const { user, client } = await asMember(app, "mina");
  await createInstance(context, { id: "mine", name: "x", start: true, owner: user.id });
  await createInstance(context, { id: "theirs", name: "x", start: true });
  for (const id of ["mine", "theirs"]) {
    await app.until(id, "running");
    engine.killOutside(id, 1);
    await app.until(id, "error");
  }
  const [mine, theirs] = ["mine", "theirs"].map((id) => `INSTANCE_ERROR/${uidOf(app, id)}`);
  const young = { createdAt: new Date().toISOString() };
  const part = { name: "x", bytes: 1, files: 1 };
  const uid = uidOf(app, "theirs");
  await context.store.saveBackup(
    backupOf({ ...young, instances: [{ ...part, id: "theirs", uid, owner: null }] }),
  );
  context.runtime.live.composeFile.setFault("of no concern to members");
  const listOf = async (of: ClawClient) => keysOf(await of.conditions.list.query());
  expect(await listOf(app.client)).toEqual([mine, theirs, "COMPOSE_FILE_STALE"]);
  // The backup is of somebody else's.
  expect(await listOf(client)).toEqual([mine, "BACKUP_NONE"]);

  using seen = watchConditions(client);
  await seen.until(String(mine), "BACKUP_NONE");
  await app.client.instances.assign.mutate({ ids: ["theirs"], owner: "mina" });
  await seen.until(String(mine), String(theirs), "BACKUP_NONE");
  await app.client.instances.assign.mutate({ ids: ["mine", "theirs"], owner: null });
  await seen.until();
  engine.setReachable(false);
  await seen.until("ENGINE_UNREACHABLE");
});
