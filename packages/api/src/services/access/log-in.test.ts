import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { haveUser, TEST_PASSWORD } from "../../../tests/support/sign-in.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { newAuditDraft } from "./admit.ts";
import { identify } from "./identify.ts";
import { logIn } from "./log-in.ts";
import { updateUser } from "./users.ts";

const from = () => {
  const origin = { address: "10.0.0.5", userAgent: "Firefox" };
  return { origin, audit: newAuditDraft({ action: "auth.login", origin }) };
};

test("the audit draft names an existing user also on failure, and never a password typed as a name", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  await haveUser(context.store, "mina", "member");
  const wrong = from();
  const guess = logIn(context, { username: " MINA ", password: "guess" }, wrong);
  await rejects(guess, "CREDENTIALS_WRONG");
  expect(wrong.audit).toMatchObject({ user: "mina", via: null });
  const slip = from();
  const typed = logIn(context, { username: TEST_PASSWORD, password: "" }, slip);
  await rejects(typed, "CREDENTIALS_WRONG");
  expect(JSON.stringify(slip.audit)).not.toContain(TEST_PASSWORD);
  const right = from();
  const login = await logIn(context, { username: "mina", password: TEST_PASSWORD }, right);
  const id = (await identify(context, login.token))?.viewer.id;
  expect(right.audit).toMatchObject({ user: "mina", via: { kind: "session", id } });
});

test("a disabled account is refused with its right password, in the words of a wrong one", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  await haveUser(context.store, "mina", "member");
  await updateUser(context, "mina", { disabled: true });
  const refusalOf = async (password: string) =>
    (await rejects(logIn(context, { username: "mina", password }, from()), "CREDENTIALS_WRONG"))
      .message;
  expect(await refusalOf(TEST_PASSWORD)).toBe(await refusalOf("guess"));
  expect(await context.store.listSessions("u-mina")).toEqual([]);
});

test("an account without a password is not entered with an empty one", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  const { id } = await haveUser(context.store, "mina", "member");
  await context.store.updateUser(id, { passwordHash: null });
  await rejects(logIn(context, { username: "mina", password: "" }, from()), "CREDENTIALS_WRONG");
});

test("a full disk does not keep anybody from logging in", async () => {
  await using panel = await createTestPanel();
  const { context, faults } = panel;
  await haveUser(context.store, "mina", "member");
  faults.failNext("store.updateUser", new DomainError("DISK_FULL", "full"));
  const input = { username: "mina", password: TEST_PASSWORD };
  const { token } = await logIn(context, input, from());
  expect(await identify(context, token)).not.toBeNull();
});
