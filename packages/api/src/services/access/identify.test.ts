import { SESSION_IDLE_MS, TOKEN_PREFIX } from "@claw/core/access/credentials";
import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { haveUser, signIn, TEST_PASSWORD } from "../../../tests/support/sign-in.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { asOfNow, identify, identifySession, untilOf } from "./identify.ts";
import { createToken } from "./tokens.ts";
import { updateUser } from "./users.ts";

const DAY_MS = 24 * 3_600_000;

async function withMina(panel: TestPanel) {
  const { context } = panel;
  const user = await haveUser(context.store, "mina", "operator");
  const { token, viewer } = await signIn(context, user);
  const input = { name: "ci", scope: "read", instanceIds: null, expiresInDays: 2 } as const;
  const api = await createToken(context, viewer, { ...input, password: TEST_PASSWORD });
  return { context, user, token, viewer, api };
}

test.each([
  ["nothing", null],
  ["an empty text", ""],
  ["a text that is no secret", "x"],
  ["the prefix of a token alone", TOKEN_PREFIX],
  ["a text of 10 MB", "x".repeat(10_000_000)],
])("%s identifies nobody", async (_, bearer) => {
  await using panel = await createTestPanel();
  expect(await identify(panel.context, bearer)).toBeNull();
});

test("a stored hash identifies nobody", async () => {
  await using panel = await createTestPanel();
  const { context, user, api } = await withMina(panel);
  const [session] = await context.store.listSessions(user.id);
  const [token] = await context.store.listTokens(user.id);
  expect(session?.tokenHash).toMatch(/^\w/);
  for (const hash of [session?.tokenHash ?? "", token?.tokenHash ?? ""]) {
    expect(await identify(context, hash)).toBeNull();
    expect(await identify(context, TOKEN_PREFIX + hash)).toBeNull();
  }
  expect((await identify(context, api.token))?.viewer).toMatchObject({ kind: "token", id: api.id });
});

test("a token ends on its day, however often it is used", async () => {
  await using panel = await createTestPanel();
  const { context, api } = await withMina(panel);
  const identity = await identify(context, api.token);
  expect(identity?.until).toBe(Date.parse(api.expiresAt));
  panel.host.advance(2 * DAY_MS - 60_000);
  expect(await identify(context, api.token)).not.toBeNull();
  panel.host.advance(60_000);
  expect(await identify(context, api.token)).toBeNull();
});

test("activity is recorded once a minute, and a failure to do so locks nobody out", async () => {
  await using panel = await createTestPanel();
  const { context, viewer, token, api } = await withMina(panel);
  const { store } = context;
  const usedAt = async () => (await store.listTokens(viewer.user.id))[0]?.lastUsedAt ?? null;
  expect(await usedAt()).toBeNull();
  await identify(context, api.token);
  await eventually(async () => expect(await usedAt()).not.toBeNull());
  const first = await usedAt();

  panel.host.advance(30_000);
  await identify(context, api.token);
  await store.listUsers();
  expect(await usedAt()).toBe(first);

  panel.host.advance(60_000);
  panel.faults.failNext("store.touchToken", new Error("disk full"));
  expect(await identify(context, api.token)).not.toBeNull();
  panel.faults.failNext("store.touchSession", new Error("disk full"));
  expect(await identify(context, token)).not.toBeNull();
  await eventually(() =>
    expect(panel.logged.join("").match(/writing down who was there: disk full/g)).toHaveLength(2),
  );
  expect(await usedAt()).toBe(first);
});

test("a session is also found by its id, for its own user only", async () => {
  await using panel = await createTestPanel();
  const { context, user, viewer } = await withMina(panel);
  const here = { sessionId: viewer.id, userId: user.id };
  expect((await identifySession(context, here))?.viewer).toMatchObject({ id: viewer.id });
  const others = { ...here, userId: panel.viewer.user.id };
  expect(await identifySession(context, others)).toBeNull();
  panel.host.advance(SESSION_IDLE_MS);
  expect(await identifySession(context, here)).toBeNull();
});

test("a change of role invalidates a viewer", async () => {
  await using panel = await createTestPanel();
  const { context, viewer, api } = await withMina(panel);
  const byToken = (await identify(context, api.token))?.viewer ?? viewer;
  for (const each of [viewer, byToken]) expect(await untilOf(context, each)).not.toBeNull();
  await updateUser(context, "mina", { role: "member" });
  for (const each of [viewer, byToken]) {
    expect(await untilOf(context, each)).toBeNull();
    expect((await asOfNow(context, each))?.user.role).toBe("member");
  }
});

test("waiting work survives the end of its session, not the revocation of its token", async () => {
  await using panel = await createTestPanel();
  const { context, viewer, api } = await withMina(panel);
  const byToken = (await identify(context, api.token))?.viewer ?? viewer;
  await context.store.deleteSession(viewer.id);
  expect(await asOfNow(context, viewer)).not.toBeNull();
  expect(await asOfNow(context, byToken)).not.toBeNull();
  await context.store.deleteToken(api.id);
  expect(await asOfNow(context, byToken)).toBeNull();
  await updateUser(context, "mina", { disabled: true });
  expect(await asOfNow(context, viewer)).toBeNull();
});
