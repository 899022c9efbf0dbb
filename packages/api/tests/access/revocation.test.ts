import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type ClawClient, createClawClient } from "../../src/client.ts";
import { followStreams } from "../support/follow-streams.ts";
import { createTestApp, type TestApp } from "../support/test-app.ts";

const PASSWORD = "four unrelated lobster words";
const LOGIN = { username: "mina", password: PASSWORD };

interface World {
  app: TestApp;
  /** Somebody's session, and another one of theirs. */
  own: ClawClient;
  other: ClawClient;
}

/** All that ends a session at once. */
const WAYS: Record<string, (world: World) => Promise<unknown>> = {
  "was revoked in another one": async ({ own, other }) => {
    const sessions = await own.auth.sessions.query();
    const id = sessions.find(({ current }) => current)?.id ?? "";
    await other.auth.revokeSession.mutate({ id });
  },
  "was logged out of": ({ own }) => own.auth.logout.mutate(),
  "was ended by a new password": ({ other }) =>
    other.auth.changePassword.mutate({ password: PASSWORD, newPassword: `${PASSWORD} again` }),
  "was ended by a link for a new password": async ({ app }) => {
    const { code } = await app.client.users.resetLink.mutate({ username: "mina" });
    await app.client.auth.redeemLink.mutate({ code, password: `${PASSWORD} again` });
  },
  "is of somebody disabled": ({ app }) =>
    app.client.users.update.mutate({ username: "mina", disabled: true }),
  "is of somebody with another role": ({ app }) =>
    app.client.users.update.mutate({ username: "mina", role: "member" }),
  "is of somebody deleted": ({ app }) => app.client.users.remove.mutate({ username: "mina" }),
};

async function logIn(app: TestApp) {
  const { token } = await app.client.auth.login.mutate(LOGIN);
  return { token, client: createClawClient({ url: app.url, token }) };
}

/** An app whose looks at what runs out are the test's to make, and a user of it. */
async function makeWorld() {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const app = await createTestApp();
  await app.client.users.create.mutate({ ...LOGIN, displayName: "Mina", role: "operator" });
  const [own, other] = [await logIn(app), await logIn(app)];
  return {
    token: own.token,
    world: { app, own: own.client, other: other.client } satisfies World,
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

/** Watches the instances: whether the panel has ended it, and what the watcher is told then. */
async function watch(app: TestApp, token: string, subscriptions: "ws" | "sse") {
  const opened = followStreams(app.context.access.streams);
  const client = createClawClient({ url: app.url, token, subscriptions });
  const [begun, told] = [Promise.withResolvers<void>(), Promise.withResolvers<unknown>()];
  const subscription = client.instances.watch.subscribe(undefined, {
    onData: () => begun.resolve(),
    onError: told.resolve,
  });
  await begun.promise;
  return {
    hasEnded: () => opened.at(-1)?.signal.aborted,
    told: told.promise,
    [Symbol.dispose]: () => subscription.unsubscribe(),
  };
}

const UNAUTHORIZED = { data: { code: "UNAUTHORIZED" } };

describe.each(["ws", "sse"] as const)("what is watched over %s in a session that", (way) => {
  test.each(Object.entries(WAYS))("%s has ended before that is answered", async (_, end) => {
    await using made = await makeWorld();
    using watched = await watch(made.world.app, made.token, way);
    expect(watched.hasEnded()).toBe(false);
    await end(made.world);
    expect(watched.hasEnded()).toBe(true);
    expect(await watched.told).toMatchObject(UNAUTHORIZED);
  });

  test("has run out ends at the next look, of which there is one each second", async () => {
    await using made = await makeWorld();
    using watched = await watch(made.world.app, made.token, way);
    made.world.app.host.advance(12 * 3_600_000);
    expect(watched.hasEnded()).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(await watched.told).toMatchObject(UNAUTHORIZED);
  });
});

test("what is watched by an API token has ended before the answer that it is deleted", async () => {
  await using made = await makeWorld();
  const { app, own } = made.world;
  const { id, token } = await own.tokens.create.mutate({
    ...{ name: "watcher", scope: "read", password: PASSWORD },
  });
  using watched = await watch(app, token, "ws");
  await own.tokens.remove.mutate({ id });
  expect(watched.hasEnded()).toBe(true);
  expect(await watched.told).toMatchObject(UNAUTHORIZED);
});
