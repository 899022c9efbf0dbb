import type { Access, Viewer } from "@claw/core/access/viewer";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { haveUser, viewerOf } from "../../../tests/support/sign-in.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { authorize, requireSetUp } from "./authorize.ts";

/** A member with the instance `mine`; `other` is nobody's. */
async function withMember(panel: TestPanel) {
  const { context } = panel;
  const user = await haveUser(context.store, "mina", "member");
  await createInstance(context, { id: "mine", name: "x", start: false, owner: user.id });
  await createInstance(context, { id: "other", name: "y", start: false });
  return { context, member: viewerOf(user) };
}

const READ = { who: "member", does: "read", on: "instance" } as const satisfies Access;

test("before the first account every call is refused with the way out", async () => {
  await using panel = await createTestPanel({ empty: true });
  expect(() => requireSetUp(panel.context)).toThrow(/Open the link/);
  panel.context.access.people.set({ id: "u1", username: "boss" });
  expect(() => requireSetUp(panel.context)).not.toThrow();
});

test("somebody else's instance and a missing one get the same refusal, word for word", async () => {
  await using panel = await createTestPanel();
  const { context, member } = await withMember(panel);
  await authorize(context, member, READ, { id: "mine" });
  const of = async (id: string) =>
    (await rejects(authorize(context, member, READ, { id }), "INSTANCE_NOT_FOUND")).message;
  expect((await of("other")).replace("other", "ID")).toBe(
    (await of("never-was")).replace("never-was", "ID"),
  );
  await authorize(context, panel.viewer, READ, { id: "never-was" });
});

test("of several instances, one visible suffices", async () => {
  await using panel = await createTestPanel();
  const { context, member } = await withMember(panel);
  const some = { who: "member", does: "operate", on: "someInstances" } as const;
  await authorize(context, member, some, { ids: ["mine", "other"] });
  await rejects(authorize(context, member, some, { ids: ["other"] }), "INSTANCE_NOT_FOUND");
});

test("a token is held to its scope, whoever it belongs to, and manages no account", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  const token: Viewer = { ...panel.viewer, kind: "token", scope: "operate" };
  const does = (what: Access["does"]): Access => ({ who: "administrator", does: what });
  for (const allowed of ["read", "operate"] as const)
    await authorize(context, token, does(allowed), {});
  for (const refused of ["admin", "account"] as const) {
    await rejects(authorize(context, token, does(refused), {}), "FORBIDDEN");
    await authorize(context, panel.viewer, does(refused), {});
  }
});

test("an administrator's token for one instance is a member with that one", async () => {
  await using panel = await createTestPanel();
  const { context } = await withMember(panel);
  const { uid = "" } = context.runtime.live.board.identityOf("mine") ?? {};
  const token: Viewer = { ...panel.viewer, kind: "token", instanceUids: [uid] };
  await authorize(context, token, READ, { id: "mine" });
  await rejects(authorize(context, token, READ, { id: "other" }), "INSTANCE_NOT_FOUND");
  await rejects(authorize(context, token, { who: "operator", does: "read" }, {}), "FORBIDDEN");
});
