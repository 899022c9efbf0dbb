import { TOKEN_PREFIX } from "@claw/core/access/credentials";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { haveUser, signIn, TEST_PASSWORD } from "../../../tests/support/sign-in.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { identify } from "./identify.ts";
import { createLink } from "./reset-link.ts";
import { createToken, listTokens, revokeAll } from "./tokens.ts";

const PANEL = "https://panel.example";
const CI = { name: "ci", scope: "read", instanceIds: null, expiresInDays: 1 } as const;
const password = TEST_PASSWORD;

async function withMina(panel: TestPanel) {
  const user = await haveUser(panel.context.store, "mina", "operator");
  return { context: panel.context, user, ...(await signIn(panel.context, user)) };
}

test("a stolen session makes no token: it takes the password", async () => {
  await using panel = await createTestPanel();
  const { context, viewer } = await withMina(panel);
  await rejects(createToken(context, viewer, CI), "PASSWORD_REQUIRED");
  await rejects(createToken(context, viewer, { ...CI, password: "guess" }), "CREDENTIALS_WRONG");
  expect(await listTokens(context, viewer)).toEqual([]);
});

test("a token is shown once: neither the store nor the list has it afterwards", async () => {
  await using panel = await createTestPanel();
  const { context, viewer } = await withMina(panel);
  const made = await createToken(context, viewer, { ...CI, password });
  expect(made.token).toMatch(new RegExp(`^${TOKEN_PREFIX}\\S{40,}$`));
  expect(Date.parse(made.expiresAt) - Date.parse(made.createdAt)).toBe(24 * 3_600_000);
  const { token, ...shown } = made;
  expect(await listTokens(context, viewer)).toEqual([shown]);
  const kept = JSON.stringify(await context.store.listTokens(viewer.user.id));
  expect(kept).not.toContain(token);
  expect(kept).not.toContain(token.slice(TOKEN_PREFIX.length));
});

test("a token for instances is for these, not for later ones of the same id", async () => {
  await using panel = await createTestPanel();
  const { context, viewer } = await withMina(panel);
  await createInstance(context, { id: "anna", name: "x", start: false });
  const only = { ...CI, instanceIds: ["anna", "never-was"], password };
  const { token } = await createToken(context, viewer, only);
  const uid = context.runtime.live.board.identityOf("anna")?.uid;
  expect((await identify(context, token))?.viewer.instanceUids).toEqual([uid]);
  const [shown] = await listTokens(context, viewer);
  expect(shown).toMatchObject({ instanceIds: ["anna", "never-was"] });
  expect(shown).not.toHaveProperty("instanceUids");
});

test("revoking all spares one session: other sessions, tokens, a link and open streams end", async () => {
  await using panel = await createTestPanel();
  const { context, user, viewer, token } = await withMina(panel);
  const other = await signIn(context, user);
  const api = await createToken(context, viewer, { ...CI, password });
  await createLink(context, user, PANEL);
  const until = context.host.now() + 60_000;
  using kept = context.access.streams.open(viewer, [], until);
  using ended = context.access.streams.open(other.viewer, [], until);
  using admins = context.access.streams.open(panel.viewer, [], until);

  await revokeAll(context, user.id, viewer.id);
  expect(await identify(context, token)).not.toBeNull();
  for (const each of [other.token, api.token]) expect(await identify(context, each)).toBeNull();
  expect(await context.store.listTokens(user.id)).toEqual([]);
  expect(await identify(context, panel.token)).not.toBeNull();
  expect([kept, ended, admins].map(({ signal }) => signal.aborted)).toEqual([false, true, false]);
});
