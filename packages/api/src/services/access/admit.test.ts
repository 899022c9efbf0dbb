import type { Access } from "@claw/core/access/viewer";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { admit, type Call } from "./admit.ts";

const origin = { address: "10.0.0.5", userAgent: "Firefox" };
const STOP: Access = { who: "member", does: "operate", on: "instance" };

function call(bearer: string | null, input: unknown, patch: Partial<Call> = {}): Call {
  return {
    action: "instances.stop",
    access: STOP,
    bearer,
    origin,
    input: async () => input,
    ...patch,
  };
}

const newest = async ({ context }: TestPanel) =>
  (await context.store.listAudit({ before: null, limit: 1 }))[0];

test("the audit draft of an admitted call names the caller, the session and the instances", async () => {
  await using panel = await createTestPanel();
  const { context, viewer, token } = panel;
  await createInstance(context, { id: "anna", name: "Anna", start: false });
  const {
    audit,
    instanceIds,
    viewer: admitted,
  } = await admit(context, call(token, { id: "anna" }));
  expect(admitted.id).toBe(viewer.id);
  expect(instanceIds).toEqual(["anna"]);
  expect(audit).toMatchObject({
    user: "admin",
    via: { kind: "session", id: viewer.id },
    address: "10.0.0.5",
    action: "instances.stop",
    instanceIds: ["anna"],
    about: [{ id: "anna" }],
  });
});

test("a refusal is recorded with the name known by then", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  await createInstance(context, { id: "anna", name: "Anna", start: false });
  const { token } = await signIn(context, await haveUser(context.store, "mina", "member"));
  await rejects(admit(context, call(token, { id: "anna" })), "INSTANCE_NOT_FOUND");
  expect(await newest(panel)).toMatchObject({
    user: "mina",
    instanceIds: ["anna"],
    result: "INSTANCE_NOT_FOUND",
  });
  await rejects(admit(context, call("no token", { id: "anna" })), "UNAUTHENTICATED");
  expect(await newest(panel)).toMatchObject({
    user: null,
    via: null,
    instanceIds: [],
    result: "UNAUTHENTICATED",
  });
});

test("the input of an anonymous caller is never read", async () => {
  await using panel = await createTestPanel();
  let reads = 0;
  const input = async () => {
    reads += 1;
    return {};
  };
  await rejects(admit(panel.context, call(null, {}, { input })), "UNAUTHENTICATED");
  expect(reads).toBe(0);
  await admit(panel.context, call(panel.token, {}, { input }));
  expect(reads).toBe(1);
});

test("an input that cannot be read is no refusal: it fails with its own error, unrecorded", async () => {
  await using panel = await createTestPanel();
  const { context, token } = panel;
  const before = await newest(panel);
  const input = () => Promise.reject(new SyntaxError("half a body"));
  await expect(admit(context, call(token, {}, { input }))).rejects.toThrow("half a body");
  expect(await newest(panel)).toEqual(before);
});
