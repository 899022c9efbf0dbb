import { INVITATION_MS, LINK_MS } from "@claw/core/access/credentials";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { newAuditDraft } from "./admit.ts";
import { identify } from "./identify.ts";
import { createLink, createResetLink, readLink, redeemLink } from "./reset-link.ts";
import { createUser } from "./users.ts";

const PANEL = "https://panel.example";
const PASSWORD = "four unrelated lobster words";
const from = (address = "10.0.0.5") => {
  const origin = { address, userAgent: "Firefox" };
  return { origin, audit: newAuditDraft({ action: "auth.redeemLink", origin }) };
};

test.each([
  { username: "mina", lifetime: LINK_MS, invited: false },
  { username: "li", lifetime: INVITATION_MS, invited: true },
])("that of $username lasts $lifetime ms; invited: $invited", async (made) => {
  const { username, lifetime, invited } = made;
  await using panel = await createTestPanel();
  const { context, host } = panel;
  await haveUser(context.store, "mina", "member");
  await createUser(context, { username: "li", displayName: "Li", role: "member" });
  const begun = host.now();
  const { code, expiresAt } = await createResetLink(context, username, PANEL);
  expect(Date.parse(expiresAt) - begun).toBeGreaterThanOrEqual(lifetime - 1);
  expect(Date.parse(expiresAt) - host.now()).toBeLessThanOrEqual(lifetime);
  expect(await readLink(context, { code }, from())).toMatchObject({ username, invited, expiresAt });
  host.advance(lifetime);
  await rejects(readLink(context, { code }, from()), "LINK_INVALID");
});

test("neither reading nor a weak password uses a link up; a second link replaces the first", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  await haveUser(context.store, "mina", "member");
  const first = await createResetLink(context, "mina", PANEL);
  const { code } = await createResetLink(context, "mina", PANEL);
  await rejects(readLink(context, first, from()), "LINK_INVALID");
  for (let time = 0; time < 2; time++) await readLink(context, { code }, from());
  await rejects(redeemLink(context, { code, password: "mina12345" }, from()), "PASSWORD_WEAK");
  await redeemLink(context, { code, password: PASSWORD }, from());
});

test("of two concurrent redemptions one succeeds", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  await haveUser(context.store, "mina", "member");
  const { code } = await createResetLink(context, "mina", PANEL);
  const both = ["one", "two"].map((word) =>
    redeemLink(context, { code, password: `${PASSWORD} ${word}` }, from()),
  );
  const ends = (await Promise.allSettled(both)).map(({ status }) => status);
  expect(ends.sort()).toEqual(["fulfilled", "rejected"]);
});

test("redeeming revokes everything else of its user unless told not to, and logs nobody in", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  const user = await haveUser(context.store, "mina", "member");
  const { token } = await signIn(context, user);
  const kept = await createLink(context, user, PANEL);
  await redeemLink(context, { ...kept, password: PASSWORD, revokeOthers: false }, from());
  expect(await identify(context, token)).not.toBeNull();
  const { code } = await createLink(context, user, PANEL);
  expect(await redeemLink(context, { code, password: PASSWORD }, from())).toEqual({
    username: "mina",
  });
  expect(await identify(context, token)).toBeNull();
  expect(await context.store.listSessions(user.id)).toEqual([]);
});

test("the audit names the user of a good code, nobody for a wrong one; guesses are slowed down", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  const { code } = await createLink(
    context,
    await haveUser(context.store, "mina", "member"),
    PANEL,
  );
  const good = from();
  await readLink(context, { code }, good);
  expect(good.audit.user).toBe("mina");
  const reasons = [];
  for (let time = 0; time < 14; time++) {
    const bad = from("10.0.0.9");
    const refused = readLink(context, { code: `guess ${time}` }, bad);
    reasons.push(await refused.catch((error) => error.reason));
    expect(bad.audit.user).toBeNull();
  }
  expect(reasons[0]).toBe("LINK_INVALID");
  expect(reasons.at(-1)).toBe("TOO_MANY_ATTEMPTS");
  await readLink(context, { code }, from("10.0.0.7"));
});
