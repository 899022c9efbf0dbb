import { SESSION_IDLE_MS } from "@claw/core/access/credentials";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { identify } from "./identify.ts";
import { listSessions, revokeSession } from "./sessions.ts";

test("expired sessions are hidden, although the store still has them", async () => {
  await using panel = await createTestPanel();
  const { context, host } = panel;
  const user = await haveUser(context.store, "mina", "member");
  const { viewer } = await signIn(context, user);
  expect(await listSessions(context, viewer)).toHaveLength(1);
  host.advance(SESSION_IDLE_MS);
  expect(await context.store.listSessions(user.id)).toHaveLength(1);
  expect(await listSessions(context, viewer)).toEqual([]);
});

test("revoking a session ends its streams, and no other session", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  const user = await haveUser(context.store, "mina", "member");
  const [here, there] = [await signIn(context, user), await signIn(context, user)];
  const until = context.host.now() + 60_000;
  using kept = context.access.streams.open(here.viewer, [], until);
  using ended = context.access.streams.open(there.viewer, [], until);
  const shown = await listSessions(context, here.viewer);
  expect(shown.map(({ id, current }) => [id, current])).toEqual(
    expect.arrayContaining([
      [here.viewer.id, true],
      [there.viewer.id, false],
    ]),
  );
  expect(JSON.stringify(shown)).not.toMatch(/hash/i);
  await revokeSession(context, here.viewer, there.viewer.id);
  expect([kept, ended].map(({ signal }) => signal.aborted)).toEqual([false, true]);
  expect(await identify(context, here.token)).not.toBeNull();
  expect(await identify(context, there.token)).toBeNull();
  await rejects(revokeSession(context, here.viewer, there.viewer.id), "SESSION_NOT_FOUND");
});
