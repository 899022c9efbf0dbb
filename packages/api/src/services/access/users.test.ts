import { describe, expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { newAuditDraft } from "./admit.ts";
import { findUser } from "./find-user.ts";
import { identify } from "./identify.ts";
import { createLink, readLink } from "./reset-link.ts";
import { createUser, listUsers, removeUser, updateProfile, updateUser } from "./users.ts";

const PANEL = "https://panel.example";
const mina = { username: "mina", displayName: "Mina", role: "member" } as const;
const origin = { address: "10.0.0.5", userAgent: "Firefox" };
const from = { origin, audit: newAuditDraft({ action: "auth.readLink", origin }) };

test("listed users expose no secret", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  const password = "four unrelated lobster words";
  await createUser(context, { ...mina, password });
  const { passwordHash } = await findUser(context, "mina");
  const shown = JSON.stringify(await listUsers(context));
  expect(passwordHash).toMatch(/^\$argon2id\$/);
  for (const secret of [password, passwordHash ?? ""]) expect(shown).not.toContain(secret);
  expect(await listUsers(context)).toContainEqual({
    ...mina,
    disabled: false,
    hasPassword: true,
    hasTotp: false,
    instanceIds: [],
    lastLoginAt: null,
    createdAt: expect.any(String),
  });
});

test("a weak password makes nobody", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  await rejects(createUser(context, { ...mina, password: "mina12345" }), "PASSWORD_WEAK");
  await rejects(findUser(context, "mina"), "USER_NOT_FOUND");
  expect(context.access.people.nameOf("mina")).toBeNull();
});

describe("a change", () => {
  test("of the role ends the streams, not the sessions; of the name neither", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    const { token, viewer } = await signIn(
      context,
      await haveUser(context.store, "mina", "member"),
    );
    const until = context.host.now() + 60_000;
    using stream = context.access.streams.open(viewer, [], until);
    await updateUser(context, "mina", { displayName: "Mina B." });
    await updateUser(context, "mina", { role: "member" });
    expect(stream.signal.aborted).toBe(false);
    expect(await updateUser(context, "mina", { role: "operator" })).toMatchObject({
      displayName: "Mina B.",
      role: "operator",
    });
    expect(stream.signal.aborted).toBe(true);
    expect((await identify(context, token))?.viewer.user.role).toBe("operator");
  });

  test("that disables ends a one-time link, which enabling does not bring back", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    const { code } = await createLink(
      context,
      await haveUser(context.store, "mina", "member"),
      PANEL,
    );
    expect(await readLink(context, { code }, from)).toMatchObject({ username: "mina" });
    await updateUser(context, "mina", { disabled: true });
    await rejects(readLink(context, { code }, from), "LINK_INVALID");
    await updateUser(context, "mina", { disabled: false });
    await rejects(readLink(context, { code }, from), "LINK_INVALID");
  });

  test("turns the second factor off, with its recovery codes, and only then", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    const { id } = await haveUser(context.store, "mina", "member");
    const factor = { totpSecret: "secret", totpStep: 7, recoveryHashes: ["one"] };
    await context.store.updateUser(id, factor);
    expect(await updateUser(context, "mina", { displayName: "M" })).toMatchObject({
      hasTotp: true,
    });
    expect(await updateUser(context, "mina", { totp: false })).toMatchObject({ hasTotp: false });
    expect(await findUser(context, "mina")).toMatchObject({ totpSecret: null, recoveryHashes: [] });
  });

  test("that would leave no administrator is refused", async () => {
    await using panel = await createTestPanel();
    const { context } = panel;
    await rejects(updateUser(context, "admin", { role: "operator" }), "LAST_ADMINISTRATOR");
    await rejects(updateUser(context, "admin", { disabled: true }), "LAST_ADMINISTRATOR");
    await createUser(context, { ...mina, role: "administrator" });
    expect(await updateUser(context, "admin", { role: "operator" })).toMatchObject({
      role: "operator",
    });
    await rejects(removeUser(context, "mina"), "LAST_ADMINISTRATOR");
  });

  test("of one's own profile is of the name alone", async () => {
    await using panel = await createTestPanel();
    const { context, viewer } = panel;
    const before = await findUser(context, "admin");
    await updateProfile(context, viewer, { displayName: "The boss" });
    expect(await findUser(context, "admin")).toEqual({ ...before, displayName: "The boss" });
  });
});

test("deleting a user ends sessions and streams; their instances stay, unassigned", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  const user = await haveUser(context.store, "mina", "member");
  context.access.people.set(user);
  const { token, viewer } = await signIn(context, user);
  await createInstance(context, { id: "anna", name: "x", start: false, owner: user.id });
  using stream = context.access.streams.open(viewer, [], context.host.now() + 60_000);
  expect(await removeUser(context, "mina")).toEqual({ username: "mina" });
  expect(stream.signal.aborted).toBe(true);
  expect(await identify(context, token)).toBeNull();
  expect(context.runtime.live.board.get("anna").owner).toBeNull();
  expect(context.access.people.nameOf(user.id)).toBeNull();
  await rejects(removeUser(context, "mina"), "USER_NOT_FOUND");
});
