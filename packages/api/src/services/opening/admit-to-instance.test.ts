import type { Role } from "@claw/core/access/role";
import type { InstanceSpec } from "@claw/core/instance";
import { publicOrigin } from "@claw/core/instance-address";
import { expect, test } from "vitest";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { removeUser, updateUser } from "../access/users.ts";
import { assignInstances } from "../instance/assign-instances.ts";
import { createInstance } from "../instance/create-instance.ts";
import { OPEN_TICKET_MS, type OpenTicket } from "../runtime/open-tickets.ts";
import { admitToInstance, beginInstanceSession } from "./admit-to-instance.ts";

const FROM = "http://127.0.0.1:8000";

/** Mina's instance `anna` and somebody's session, with a ticket to it as the panel issues them. */
async function withAnna(panel: TestPanel, username = "mina", role: Role = "member") {
  const { context } = panel;
  const owner = await haveUser(context.store, "mina", "member");
  const user = await haveUser(context.store, username, role);
  for (const each of [owner, user]) context.access.people.set(each);
  await createInstance(context, { id: "anna", name: "Anna", start: false, owner: owner.id });
  const spec = (): InstanceSpec => {
    const found = context.runtime.live.board.specOf("anna");
    if (!found) throw new Error("anna is gone");
    return found;
  };
  const site = context.runtime.addresses.site();
  if (!site) throw new Error("the panel has no addresses for instances");
  const { viewer } = await signIn(context, user);
  const issue = (patch: Partial<OpenTicket> = {}) =>
    context.runtime.openTickets.issue({
      sessionId: viewer.id,
      userId: user.id,
      instanceUid: spec().uid,
      ownership: spec().ownership,
      access: "full",
      from: FROM,
      to: publicOrigin(spec().label, site),
      ...patch,
    }).text;
  const begin = (ticket: string, from: string | undefined = FROM) =>
    beginInstanceSession(context, spec(), { ticket, from });
  return { context, spec, viewer, issue, begin };
}

test("a ticket becomes one session, in which the owner is the gateway's owner", async () => {
  await using panel = await createTestPanel();
  const { context, spec, viewer, issue, begin } = await withAnna(panel);
  const ticket = issue();
  const sealed = (await begin(ticket)) ?? "";
  expect(await admitToInstance(context, spec(), sealed)).toMatchObject({
    as: "owner",
    access: "full",
    viewer: { id: viewer.id },
  });
  expect(await begin(ticket)).toBeNull();
});

test("an administrator is the gateway's administrator, with the access of the ticket", async () => {
  await using panel = await createTestPanel();
  const { context, spec, issue, begin } = await withAnna(panel, "boss", "administrator");
  const sealed = (await begin(issue({ access: "read" }))) ?? "";
  expect(await admitToInstance(context, spec(), sealed)).toMatchObject({
    as: "administrator",
    access: "read",
  });
});

test.each<[string, Partial<OpenTicket>, string | undefined]>([
  ["from another page", {}, "http://evil.example"],
  ["from no page", { from: "null" }, undefined],
  ["for another instance", { instanceUid: "another" }, FROM],
  ["for another origin", { to: "http://anna.example" }, FROM],
  ["of an ended session", { sessionId: "ended" }, FROM],
  ["of another user's session", { userId: "u-admin" }, FROM],
])("a ticket %s is refused, and used up", async (_, patch, from) => {
  await using panel = await createTestPanel();
  const { context, spec, issue } = await withAnna(panel);
  const ticket = issue(patch);
  expect(await beginInstanceSession(context, spec(), { ticket, from })).toBeNull();
  expect(context.runtime.openTickets.burn(ticket)).toBeNull();
});

test("a ticket expires after half a minute", async () => {
  await using panel = await createTestPanel();
  const { issue, begin } = await withAnna(panel);
  const ticket = issue();
  panel.host.advance(OPEN_TICKET_MS);
  expect(await begin(ticket)).toBeNull();
});

test("a change of owner ends sessions at the instance", async () => {
  await using panel = await createTestPanel();
  const { context, spec, issue, begin } = await withAnna(panel, "boss", "administrator");
  const sealed = (await begin(issue())) ?? "";
  expect(await admitToInstance(context, spec(), sealed)).not.toBeNull();
  await assignInstances(context, { ids: ["anna"], owner: null });
  expect(await admitToInstance(context, spec(), sealed)).toBeNull();
});

test("a session that a change of owner ended stays ended when the instance is its former owner's again", async () => {
  await using panel = await createTestPanel();
  const { context, spec, issue, begin } = await withAnna(panel);
  const ticket = issue();
  const sealed = (await begin(issue())) ?? "";
  await assignInstances(context, { ids: ["anna"], owner: null });
  await assignInstances(context, { ids: ["anna"], owner: "mina" });
  expect(spec().owner).not.toBeNull();
  expect(await admitToInstance(context, spec(), sealed)).toBeNull();
  expect(await begin(ticket)).toBeNull();
});

test("a session that began before the owner's account was deleted ends with it", async () => {
  await using panel = await createTestPanel();
  const { context, spec, issue, begin } = await withAnna(panel, "boss", "administrator");
  await assignInstances(context, { ids: ["anna"], owner: null });
  const sealed = (await begin(issue())) ?? "";
  expect(await admitToInstance(context, spec(), sealed)).not.toBeNull();
  await assignInstances(context, { ids: ["anna"], owner: "mina" });
  await removeUser(context, "mina");
  expect(spec().owner).toBeNull();
  expect(await admitToInstance(context, spec(), sealed)).toBeNull();
});

test("the end of the panel session ends the session at the instance", async () => {
  await using panel = await createTestPanel();
  const { context, spec, viewer, issue, begin } = await withAnna(panel);
  const sealed = (await begin(issue())) ?? "";
  await context.store.deleteSession(viewer.id);
  expect(await admitToInstance(context, spec(), sealed)).toBeNull();
});

test("disabling the account ends its sessions at instances", async () => {
  await using panel = await createTestPanel();
  const { context, spec, issue, begin } = await withAnna(panel);
  const sealed = (await begin(issue())) ?? "";
  await updateUser(context, "mina", { disabled: true });
  expect(await admitToInstance(context, spec(), sealed)).toBeNull();
  expect(await begin(issue())).toBeNull();
});

test("a member who loses sight of an instance loses the session there", async () => {
  await using panel = await createTestPanel();
  const { context, spec, issue, begin } = await withAnna(panel, "boss", "administrator");
  const sealed = (await begin(issue())) ?? "";
  expect(await admitToInstance(context, spec(), sealed)).not.toBeNull();
  await updateUser(context, "boss", { role: "member" });
  expect(await admitToInstance(context, spec(), sealed)).toBeNull();
});
