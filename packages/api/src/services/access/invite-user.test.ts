import { DomainError } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { haveUser } from "../../../tests/support/sign-in.ts";
import { createTestApp, createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { expectGone, expectWhole } from "../../../tests/support/wholeness.ts";
import { createInstance } from "../instance/create-instance.ts";
import { newAuditDraft } from "./admit.ts";
import { inviteUser } from "./invite-user.ts";
import { logIn } from "./log-in.ts";
import { createResetLink, readLink, redeemLink } from "./reset-link.ts";
import { listUsers, removeUser, updateUser } from "./users.ts";

const PANEL = "https://panel.example";
const PASSWORD = "four unrelated lobster words";
const DAY = 24 * 3_600_000;
const mina = { username: "mina", displayName: "王小明" };
const withInstance = { ...mina, instance: { id: "anna", name: "小明" } };

const from = (address = "10.0.0.5") => {
  const origin = { address, userAgent: "Firefox" };
  return { origin, audit: newAuditDraft({ action: "auth.readLink", origin }) };
};
const invite = ({ context }: TestPanel, invitation = withInstance) =>
  inviteUser(context, invitation, PANEL);
const codeOf = ({ url }: { url: string }) => new URL(url).hash.slice("#code=".length);
const namesOf = async ({ context }: TestPanel) =>
  (await listUsers(context)).map(({ username }) => username);

describe("an invitation", () => {
  test("makes account, instance and link, and ends with a member at their instance", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    const before = panel.host.now();
    const link = await invite(panel);
    expect(link.url).toMatch(/^https:\/\/panel\.example\/invite#code=[\w-]{43}$/);
    const lifetime = Date.parse(link.expiresAt) - before;
    expect(Math.abs(lifetime - 7 * DAY)).toBeLessThan(60_000);
    expect(await listUsers(context)).toMatchObject([
      { username: "admin" },
      { ...mina, role: "member", hasPassword: false, instanceIds: ["anna"] },
    ]);
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
    expect(context.runtime.live.board.get("anna")).toMatchObject({ owner: "mina", name: "小明" });
    const login = { username: "mina", password: PASSWORD };
    await rejects(logIn(context, login, from()), "CREDENTIALS_WRONG");

    const code = codeOf(link);
    const holder = { ...mina, invited: true, expiresAt: link.expiresAt };
    // Looking does not use it up.
    for (const _ of [1, 2]) expect(await readLink(context, { code }, from())).toEqual(holder);
    await redeemLink(context, { code, password: PASSWORD }, from());
    await rejects(readLink(context, { code }, from()), "LINK_INVALID");
    expect((await logIn(context, login, from())).user).toEqual({ ...mina, role: "member" });
    expect(panel.logged.join("")).not.toContain(code);
  });

  test("without an instance makes account and link only", async () => {
    await using panel = await createTestPanel();
    const { code } = { code: codeOf(await inviteUser(panel.context, mina, PANEL)) };
    expect(await readLink(panel.context, { code }, from())).toMatchObject(mina);
    expect(await panel.context.store.listInstances()).toEqual([]);
  });

  test("is used by one of two who set a password at the same time", async () => {
    await using panel = await createTestPanel();
    const code = codeOf(await invite(panel));
    const redeem = () => redeemLink(panel.context, { code, password: PASSWORD }, from());
    const outcomes = await Promise.allSettled([redeem(), redeem()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test.each<[string, (panel: TestPanel) => unknown]>([
    ["a newer invitation", (panel) => invite(panel)],
    ["a newer link", ({ context }) => createResetLink(context, "mina", PANEL)],
    [
      "disabling the account, also when it is enabled again",
      async ({ context }) => {
        await updateUser(context, "mina", { disabled: true });
        await updateUser(context, "mina", { disabled: false });
      },
    ],
    ["deleting the account", ({ context }) => removeUser(context, "mina")],
    ["a week", ({ host }) => host.advance(7 * DAY)],
  ])("ends with %s", async (_, end) => {
    await using panel = await createTestPanel();
    const { context } = panel;
    const code = codeOf(await invite(panel));
    panel.host.advance(7 * DAY - 60_000);
    expect(await readLink(context, { code }, from())).toMatchObject(mina);
    await end(panel);
    const error = await rejects(readLink(context, { code }, from()), "LINK_INVALID");
    expect(error.message).toContain("ask an administrator for a new link");
    await rejects(redeemLink(context, { code, password: PASSWORD }, from()), "LINK_INVALID");
  });

  test("of a disabled account is not valid, even if its link was made afterwards", async () => {
    await using panel = await createTestPanel();
    await invite(panel);
    await updateUser(panel.context, "mina", { disabled: true });
    const { code } = await createResetLink(panel.context, "mina", PANEL);
    await rejects(readLink(panel.context, { code }, from()), "LINK_INVALID");
    const redeemed = redeemLink(panel.context, { code, password: PASSWORD }, from());
    await rejects(redeemed, "LINK_INVALID");
  });

  test("is not to be guessed often", async () => {
    await using panel = await createTestPanel();
    const said = new Set<string>();
    for (let n = 0; n < 15; n++)
      await readLink(panel.context, { code: `guess ${n}` }, from()).catch((error) =>
        said.add(error.reason),
      );
    expect([...said]).toEqual(["LINK_INVALID", "TOO_MANY_ATTEMPTS"]);
  });
});

describe("a refused invitation leaves nothing", () => {
  test("if the user name is somebody's", async () => {
    await using panel = await createTestPanel();
    await haveUser(panel.context.store, "mina", "member");
    await rejects(invite(panel), "USER_EXISTS");
    await expectGone(panel, "anna");
  });

  test("if the id is another instance's", async () => {
    await using panel = await createTestPanel();
    await createInstance(panel.context, { id: "anna", name: "x", start: false });
    await rejects(invite(panel), "INSTANCE_EXISTS");
    expect(await namesOf(panel)).toEqual(["admin"]);
    expect(panel.context.runtime.live.board.get("anna")).toMatchObject({ owner: null, name: "x" });
  });

  test.each([
    "engine.deploy",
    "engine.start",
    "store.insertInstance",
    "store.saveLink",
  ])("if %s fails", async (method) => {
    await using panel = await createTestPanel();
    panel.faults.failNext(method, new DomainError("ENGINE_FAILED", "no"));
    await rejects(invite(panel), "ENGINE_FAILED");
    expect(await namesOf(panel)).toEqual(["admin"]);
    await expectGone(panel, "anna");
    await invite(panel);
    await panel.until("anna", "running");
  });

  test("and if the account cannot be taken back, the next one takes it up", async () => {
    await using panel = await createTestPanel();
    panel.faults.failNext("engine.deploy", new DomainError("ENGINE_FAILED", "no"));
    panel.faults.failNext("store.deleteUser", new Error("disk full"));
    await rejects(invite(panel), "ENGINE_FAILED");
    expect(panel.logged.join("")).toContain("the account mina of a failed invitation stays");
    await invite(panel);
    expect(await listUsers(panel.context)).toMatchObject([{}, { instanceIds: ["anna"] }]);
  });
});

describe("somebody who has no password yet", () => {
  test("gets another link, and the same account and instance", async () => {
    await using panel = await createTestPanel();
    await invite(panel);
    const code = codeOf(await invite(panel));
    expect(await readLink(panel.context, { code }, from())).toMatchObject(mina);
    expect(await namesOf(panel)).toEqual(["admin", "mina"]);
    expect(await panel.context.store.listInstances()).toHaveLength(1);
  });

  test("keeps a valid link if the second invitation fails", async () => {
    await using panel = await createTestPanel();
    const code = codeOf(await invite(panel));
    await createInstance(panel.context, { id: "ben", name: "x", start: false });
    const other = { ...mina, instance: { id: "ben", name: "x" } };
    await rejects(invite(panel, other), "INSTANCE_EXISTS");
    expect(await readLink(panel.context, { code }, from())).toMatchObject(mina);
  });

  test("is not taken for another person of another display name, nor when disabled", async () => {
    await using panel = await createTestPanel();
    const code = codeOf(await invite(panel));
    await rejects(invite(panel, { ...withInstance, displayName: "Mina Li" }), "USER_EXISTS");
    expect(await readLink(panel.context, { code }, from())).toMatchObject(mina);
    await updateUser(panel.context, "mina", { disabled: true });
    await rejects(invite(panel), "USER_EXISTS");
  });
});

test("two at once of one name make one account, and the link of the first is valid", async () => {
  await using panel = await createTestPanel();
  const [first, second] = await Promise.allSettled([invite(panel), invite(panel)]);
  expect(second).toMatchObject({ status: "rejected", reason: { reason: "BUSY" } });
  if (first.status !== "fulfilled") throw first.reason;
  const code = codeOf(first.value);
  expect(await readLink(panel.context, { code }, from())).toMatchObject(mina);
});

test("two at once for one id make one instance, and one account", async () => {
  await using panel = await createTestPanel();
  const other = { ...withInstance, username: "olaf" };
  const outcomes = await Promise.allSettled([invite(panel), invite(panel, other)]);
  const reasons = outcomes.flatMap((each) =>
    each.status === "rejected" ? [(each.reason as DomainError).reason] : [],
  );
  expect(reasons).toEqual(["INSTANCE_EXISTS"]);
  expect(await namesOf(panel)).toHaveLength(2);
  expect(panel.context.runtime.live.board.list()).toHaveLength(1);
});

test("over the wire: the address is the caller's, and the audit trail has both names, no secret", async () => {
  await using app = await createTestApp();
  const { url } = await app.client.users.invite.mutate(withInstance);
  expect(new URL(url).origin).toBe(app.url);
  const code = codeOf({ url });
  const said = await app.client.auth.readLink.mutate({ code });
  expect(said).toMatchObject({ ...mina, invited: true });
  await app.client.auth.redeemLink.mutate({ code, password: PASSWORD });
  const { entries } = await app.client.audit.list.query({});
  expect(
    entries.map(({ action, user, object, instanceIds }) => [action, user, object, instanceIds]),
  ).toEqual([
    ["auth.redeemLink", "mina", null, []],
    ["auth.readLink", "mina", null, []],
    ["users.invite", "admin", "mina", ["anna"]],
  ]);
  expect(JSON.stringify(entries)).not.toContain(code);
  const refused = app.client.users.invite.mutate({ ...mina, instance: { id: "con", name: "" } });
  const { data } = (await refused.catch((error: unknown) => error)) as { data: object };
  expect(data).toMatchObject({ reason: "INVALID_INPUT" });
  expect(JSON.stringify(data)).toContain("instance.id");
});
