import { expect, test } from "vitest";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import { createTestApp, createTestPanel } from "../../../tests/support/test-app.ts";
import { createClawClient } from "../../client.ts";
import { changeInstance } from "./change-instance.ts";
import { createInstance } from "./create-instance.ts";
import { findInstance } from "./find-instance.ts";
import { updateInstance } from "./update-instance.ts";

test("changes what it names, and neither the container nor what shapes it", async () => {
  await using panel = await createTestPanel();
  const ctx = panel.context;
  await createInstance(ctx, { id: "anna", name: "Anna", start: true, group: "销售", tags: ["a"] });
  const before = await panel.until("anna", "running");
  expect(before).toMatchObject({ group: "销售", tags: ["a"] });
  panel.faults.record();

  const changed = await changeInstance(ctx, { id: "anna", tags: ["vip", "test"] });
  expect(changed).toMatchObject({ name: "Anna", group: "销售", tags: ["vip", "test"] });
  await changeInstance(ctx, { id: "anna", name: "安娜", group: null });
  const { name, group, tags } = await findInstance(ctx, "anna");
  expect({ name, group, tags }).toEqual({ name: "安娜", group: null, tags: ["vip", "test"] });
  expect(panel.faults.calls.filter(({ method }) => method.startsWith("engine."))).toEqual([]);
  const after = ctx.runtime.live.board.get("anna");
  expect([after.startedAt, after.pendingChange]).toEqual([before.startedAt, null]);
});

test("does not wait for another operation, and changes nothing that is being deleted", async () => {
  await using panel = await createTestPanel();
  const ctx = panel.context;
  await createInstance(ctx, { id: "anna", name: "Anna", start: false });
  const changed = ctx.runtime.live.locks.exclusive("anna", "copying", () =>
    changeInstance(ctx, { id: "anna", group: "x" }),
  );
  expect((await changed).group).toBe("x");
  await updateInstance(ctx, "anna", { phase: "removing" });
  await expect(changeInstance(ctx, { id: "anna", group: "y" })).rejects.toMatchObject({
    reason: "INSTANCE_NOT_FOUND",
  });
});

test("is for operators, audited, and what a member sees of their own instance", async () => {
  await using app = await createTestApp();
  const mina = await haveUser(app.context.store, "mina", "member");
  app.context.access.people.set(mina);
  const owner = { id: "mine", name: "Mine", start: false, owner: mina.id };
  await createInstance(app.context, owner);
  const { token } = await signIn(app.context, mina);
  const member = createClawClient({ url: app.url, token });
  await expect(member.instances.update.mutate({ id: "mine", tags: ["x"] })).rejects.toMatchObject({
    data: { reason: "FORBIDDEN" },
  });
  await app.client.instances.update.mutate({ id: "mine", group: " 销售 ", tags: ["VIP", "vip"] });
  expect(await member.instances.get.query({ id: "mine" })).toMatchObject({
    group: "销售",
    tags: ["VIP"],
  });
  const { entries } = await app.client.audit.list.query({ action: "instances.update" });
  expect(entries.map(({ user, result }) => [user, result])).toEqual([
    ["admin", "ok"],
    ["mina", "FORBIDDEN"],
  ]);
  expect(entries[0]?.instanceIds).toEqual(["mine"]);
});

test("opens and closes paths to callers without a session; none is open at first", async () => {
  await using app = await createTestApp();
  const ctx = app.context;
  await createInstance(ctx, { id: "anna", name: "Anna", start: false });
  expect(ctx.runtime.live.board.get("anna").webhookPaths).toEqual([]);
  const update = (change: { name?: string; webhookPaths?: string[] }) =>
    app.client.instances.update.mutate({ id: "anna", ...change });
  const opened = await update({ webhookPaths: ["/wecom/callback/", "/wecom/callback", "/feishu"] });
  expect(opened.webhookPaths).toEqual(["/wecom/callback", "/feishu"]);
  await update({ name: "安娜" });
  expect((await findInstance(ctx, "anna")).webhookPaths).toEqual(["/wecom/callback", "/feishu"]);
  await expect(update({ webhookPaths: ["/api/v1"] })).rejects.toMatchObject({
    message: expect.stringContaining("which only the panel uses"),
    data: { reason: "INVALID_INPUT" },
  });
  // The same again changes nothing that anybody would look for.
  await update({ webhookPaths: ["/wecom/callback", "/feishu"] });
  await update({ webhookPaths: [] });
  expect((await findInstance(ctx, "anna")).webhookPaths).toEqual([]);
  const { entries } = await app.client.audit.list.query({ action: "instances.openPaths" });
  expect(entries.map(({ user, instanceIds, result }) => [user, instanceIds, result])).toEqual([
    ["admin", ["anna"], "ok"],
    ["admin", ["anna"], "ok"],
  ]);
});

test("an owner opens no path of their own instance, and sees which are open", async () => {
  await using app = await createTestApp();
  const mina = await haveUser(app.context.store, "mina", "member");
  app.context.access.people.set(mina);
  await createInstance(app.context, { id: "mine", name: "Mine", start: false, owner: mina.id });
  await app.client.instances.update.mutate({ id: "mine", webhookPaths: ["/wecom"] });
  const { token } = await signIn(app.context, mina);
  const member = createClawClient({ url: app.url, token });
  await expect(
    member.instances.update.mutate({ id: "mine", webhookPaths: ["/feishu"] }),
  ).rejects.toMatchObject({ data: { reason: "FORBIDDEN" } });
  expect((await member.instances.get.query({ id: "mine" })).webhookPaths).toEqual(["/wecom"]);
});
