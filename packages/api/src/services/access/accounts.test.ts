import { describe, expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { haveUser, signIn, TEST_PASSWORD, viewerOf } from "../../../tests/support/sign-in.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { assignInstances } from "../instance/assign-instances.ts";
import { createInstance } from "../instance/create-instance.ts";
import { newAuditDraft } from "./admit.ts";
import { changePassword } from "./change-password.ts";
import { chosenOwner } from "./chosen-owner.ts";
import { findUser } from "./find-user.ts";
import { makeFirstAccount } from "./first-account.ts";
import { identify } from "./identify.ts";
import { listAudit } from "./list-audit.ts";
import { logIn } from "./log-in.ts";
import { isPassword } from "./password-hash.ts";
import { readState } from "./read-state.ts";
import { recordAuditEvent } from "./record-audit-event.ts";
import { createResetLink, redeemLink } from "./reset-link.ts";
import { listSessions, revokeSession } from "./sessions.ts";
import { setUp } from "./set-up.ts";
import { createToken, listTokens, removeToken } from "./tokens.ts";
import { createUser, listUsers, removeUser, updateUser } from "./users.ts";

const PANEL = "https://panel.example";
const PASSWORD = "four unrelated lobster words";
const OTHER = "five other words about crabs";
const from = (address = "10.0.0.5") => {
  const origin = { address, userAgent: "Firefox\u001b[31m" };
  return { origin, audit: newAuditDraft({ action: "auth.login", origin }) };
};
const mina = { username: "mina", displayName: "Mina", role: "member" } as const;

describe("the set-up", () => {
  test("takes the code of the terminal once, and makes an administrator who is logged in", async () => {
    await using panel = await createTestPanel({ empty: true });
    const { context } = panel;
    expect(await readState(context, null)).toEqual({ initialized: false, user: null });
    const input = { code: context.access.setupCode, username: "boss", password: PASSWORD };
    await rejects(setUp(context, { ...input, code: "AAAA-AAAA-AAAA" }, from()), "SETUP_CODE_WRONG");
    await rejects(setUp(context, { ...input, password: "boss" }, from()), "PASSWORD_WEAK");
    const { token, user } = await setUp(context, input, from());
    expect(user).toEqual({ username: "boss", displayName: "boss", role: "administrator" });
    expect(await readState(context, token)).toMatchObject({ initialized: true, user });
    await rejects(setUp(context, { ...input, username: "thief" }, from()), "SETUP_CODE_WRONG");
    expect(await listUsers(context)).toHaveLength(1);
  });

  test("is not needed with a password for admin, which is left as it was the next time", async () => {
    await using panel = await createTestPanel({ empty: true });
    await makeFirstAccount(panel.context, PASSWORD);
    await makeFirstAccount(panel.context, OTHER);
    const user = await findUser(panel.context, "admin");
    expect(user.role).toBe("administrator");
    expect(await isPassword(PASSWORD, user.passwordHash)).toBe(true);
    await expect(makeFirstAccount(panel.context, "1234567890")).resolves.toBeUndefined();
  });
});

describe("somebody", () => {
  test("is made without a password and chooses one by a link, once", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    expect(await createUser(context, mina)).toMatchObject({ ...mina, hasPassword: false });
    await rejects(createUser(context, mina), "USER_EXISTS");
    const login = { username: "MINA ", password: PASSWORD };
    await rejects(logIn(context, login, from()), "CREDENTIALS_WRONG");

    const { code } = await createResetLink(context, "mina", PANEL);
    await rejects(redeemLink(context, { code: "x", password: PASSWORD }, from()), "LINK_INVALID");
    await rejects(redeemLink(context, { code, password: "mina" }, from()), "PASSWORD_WEAK");
    expect(await redeemLink(context, { code, password: PASSWORD }, from())).toEqual({
      username: "mina",
    });
    await rejects(redeemLink(context, { code, password: OTHER }, from()), "LINK_INVALID");
    expect((await logIn(context, login, from())).user).toEqual(mina);

    const late = await createResetLink(context, "mina", PANEL);
    panel.host.advance(24 * 3_600_000);
    await rejects(
      redeemLink(context, { code: late.code, password: OTHER }, from()),
      "LINK_INVALID",
    );
    await rejects(createResetLink(context, "nobody", PANEL), "USER_NOT_FOUND");
  });

  test("changes their password, which ends their other sessions, and sees and ends their own", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    await createUser(context, { ...mina, password: PASSWORD });
    const login = { username: "mina", password: PASSWORD };
    const [one, two] = [
      await logIn(context, login, from()),
      await logIn(context, login, from("10.0.0.6")),
    ];
    const viewer = (await identify(context, one.token))?.viewer;
    if (!viewer) throw new Error("nobody");
    const sessions = await listSessions(context, viewer);
    expect(sessions.map(({ current, address }) => [current, address])).toContainEqual([
      true,
      "10.0.0.5",
    ]);
    expect(sessions[0]?.userAgent).toBe("Firefox[31m");
    const change = { password: "wrong", newPassword: OTHER };
    await rejects(changePassword(context, viewer, change), "CREDENTIALS_WRONG");
    await changePassword(context, viewer, { ...change, password: PASSWORD });
    expect(await identify(context, two.token)).toBeNull();
    expect(await identify(context, one.token)).not.toBeNull();
    await rejects(revokeSession(context, viewer, panel.viewer.id), "SESSION_NOT_FOUND");
    await revokeSession(context, viewer, viewer.id);
    expect(await identify(context, one.token)).toBeNull();
    await rejects(logIn(context, login, from()), "CREDENTIALS_WRONG");
  });

  test("who is disabled is out at once, also with a token, and back when enabled", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    const user = await haveUser(context.store, "mina", "member");
    const { token, viewer } = await signIn(context, user);
    const input = { name: "ci", scope: "read", instanceIds: null, expiresInDays: 1 } as const;
    const api = await createToken(context, viewer, { ...input, password: TEST_PASSWORD });
    await updateUser(context, "mina", { disabled: true });
    for (const each of [token, api.token]) expect(await identify(context, each)).toBeNull();
    await updateUser(context, "mina", { disabled: false });
    expect(await identify(context, token)).toBeNull();
    expect(await identify(context, api.token)).not.toBeNull();
    expect((await listTokens(context, viewer)).map(({ name }) => name)).toEqual(["ci"]);
    await rejects(removeToken(context, panel.viewer, api.id), "TOKEN_NOT_FOUND");
    await removeToken(context, viewer, api.id);
    expect(await identify(context, api.token)).toBeNull();
  });

  test("gets instances, which are nobody's when they are deleted", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    await createUser(context, mina);
    const owner = await chosenOwner(context, panel.viewer, { owner: "mina" });
    expect(
      await createInstance(context, { id: "a", name: "a", start: false, owner }),
    ).toMatchObject({
      owner: "mina",
    });
    await createInstance(context, { id: "b", name: "b", start: false });
    await rejects(
      assignInstances(context, { ids: ["b", "x"], owner: "mina" }),
      "INSTANCE_NOT_FOUND",
    );
    await rejects(assignInstances(context, { ids: ["b"], owner: "nobody" }), "USER_NOT_FOUND");
    expect(context.runtime.live.board.get("b").owner).toBeNull();
    await assignInstances(context, { ids: ["b"], owner: "mina" });
    const [, shown] = await listUsers(context);
    expect(shown).toMatchObject({ username: "mina", instanceIds: ["a", "b"] });
    const operator = viewerOf(await haveUser(context.store, "olaf", "operator"));
    await rejects(chosenOwner(context, operator, { owner: "mina" }), "FORBIDDEN");
    expect(await chosenOwner(context, operator, {})).toBeNull();
    await removeUser(context, "mina");
    expect(context.runtime.live.board.list().map((each) => each.owner)).toEqual([null, null]);
    await rejects(removeUser(context, "admin"), "LAST_ADMINISTRATOR");
  });
});

test("who guesses from many addresses of one network of IPv6 guesses from one", async () => {
  await using panel = await createTestPanel();
  const reasons = [];
  for (let n = 0; n < 8; n++) {
    const login = { username: "mina", password: "a guess" };
    const refused = logIn(panel.context, login, from(`2001:db8:1:2::${n}`));
    reasons.push(await refused.catch((error) => error.reason));
  }
  expect(reasons[0]).toBe("CREDENTIALS_WRONG");
  expect(reasons.at(-1)).toBe("TOO_MANY_ATTEMPTS");
  const login = { username: "mina", password: "a guess" };
  await rejects(logIn(panel.context, login, from("2001:db8:1:3::1")), "CREDENTIALS_WRONG");
});

describe("the audit trail", () => {
  const draft = (patch: object) => ({ ...from().audit, ...patch });

  test("comes in pages, and to a member only with what is theirs", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    const user = await haveUser(context.store, "mina", "member");
    context.access.people.set(user);
    await createInstance(context, { id: "mine", name: "x", start: false, owner: user.id });
    const about = context.runtime.live.board.subjectsOf(["mine"]);
    await recordAuditEvent(context, draft({ user: "boss", instanceIds: ["mine"], about }), "ok");
    await recordAuditEvent(context, draft({ user: "boss", instanceIds: ["other"] }), "ok");
    await recordAuditEvent(context, draft({ user: "mina" }), "FORBIDDEN");
    const page = await listAudit(context, panel.viewer, { limit: 2 });
    expect(page.entries.map(({ id }) => id)).toEqual([3, 2]);
    const rest = await listAudit(context, panel.viewer, { limit: 2, cursor: page.nextCursor });
    expect(rest).toMatchObject({ entries: [{ id: 1 }], nextCursor: null });
    const own = await listAudit(context, viewerOf(user), { limit: 10 });
    expect(own.entries.map(({ id }) => id)).toEqual([3, 1]);
  });

  test("is not filled by anonymous callers, and a full disk keeps nobody from anything", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    const call = draft({ action: "instances.list" });
    for (let n = 0; n < 100; n++) await recordAuditEvent(context, call, "UNAUTHENTICATED");
    for (let n = 0; n < 100; n++) await recordAuditEvent(context, call, "TOO_MANY_ATTEMPTS");
    const { entries } = await listAudit(context, panel.viewer, { limit: 1_000 });
    expect(entries).toHaveLength(60);
    for (let n = 0; n < 5; n++) await recordAuditEvent(context, draft({}), "CREDENTIALS_WRONG");
    const [guess] = (await listAudit(context, panel.viewer, { limit: 1 })).entries;
    expect(guess).toMatchObject({ id: 65, result: "CREDENTIALS_WRONG" });
    panel.faults.failNext("store.appendAudit", new Error("disk full"));
    await recordAuditEvent(
      context,
      draft({ user: "boss", via: { kind: "session", id: "s" } }),
      "ok",
    );
    expect(panel.logged.join("")).toContain("the audit trail cannot be written: disk full");
  });
});
