import type { Role } from "@claw/core/access/role";
import type { InstanceSpec } from "@claw/core/instance";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import {
  createTestApp,
  createTestPanel,
  type TestAppOptions,
  type TestPanel,
} from "../../../tests/support/test-app.ts";
import { createClawClient } from "../../client.ts";
import { createMemoryGateways } from "../../gateway/memory/memory-gateways.ts";
import { createInstance } from "../instance/create-instance.ts";
import { updateInstance } from "../instance/update-instance.ts";
import { approveDevice } from "./decide-on-device.ts";
import { readPairing } from "./read-pairing.ts";

const OPENCLAW = { openclawVersion: "2026.9.6" };
const PHONE = { requestId: "0f-1", deviceId: "d-phone", name: "手机" };

const specOf = (panel: TestPanel, id: string) =>
  panel.context.runtime.live.board.specOf(id) as InstanceSpec;

async function withAnna(options: TestAppOptions = {}, ownerName: string | null = null) {
  const gateways = createMemoryGateways();
  const app = await createTestApp({ gateways, timing: OPENCLAW, ...options });
  if (ownerName !== null) await haveUser(app.context.store, ownerName, "member");
  const owner = ownerName === null ? null : `u-${ownerName}`;
  await createInstance(app.context, { id: "anna", name: "Anna", start: true, owner });
  await app.until("anna", "running");
  const header = specOf(app, "anna").ingress?.header ?? "";
  return { app, gateway: gateways.of({ header }) };
}

test("a device that asks is let in, another turned away, and a known one removed", async () => {
  const { app: made, gateway } = await withAnna();
  await using app = made;
  const { instances } = app.client;
  gateway.ask(PHONE);
  gateway.ask({ requestId: "0f-2", deviceId: "d-stranger" });
  const { pending } = await instances.pairing.query({ id: "anna" });
  expect(pending.map(({ name, scopes }) => [name, scopes])).toEqual([
    [null, ["operator.read", "operator.write"]],
    ["手机", ["operator.read", "operator.write"]],
  ]);
  expect(await instances.approveDevice.mutate({ id: "anna", requestId: "0f-1" })).toEqual({
    id: "anna",
  });
  await instances.rejectDevice.mutate({ id: "anna", requestId: "0f-2" });
  const after = await instances.pairing.query({ id: "anna" });
  expect(after.pending).toEqual([]);
  expect(after.paired.map(({ deviceId }) => deviceId)).toEqual(["d-phone"]);
  await instances.removeDevice.mutate({ id: "anna", deviceId: "d-phone" });
  expect(await instances.pairing.query({ id: "anna" })).toEqual({ pending: [], paired: [] });
});

test("each decision is in the audit trail with its request or device, also one that came too late", async () => {
  const { app: made, gateway } = await withAnna();
  await using app = made;
  gateway.ask(PHONE);
  const { instances } = app.client;
  await instances.approveDevice.mutate({ id: "anna", requestId: "0f-1" });
  const late = instances.rejectDevice.mutate({ id: "anna", requestId: "0f-1" });
  await expect(late).rejects.toMatchObject({
    data: { reason: "DEVICE_NOT_FOUND", code: "NOT_FOUND" },
  });
  await instances.removeDevice.mutate({ id: "anna", deviceId: "d-phone" });
  const entries = await app.context.store.listAudit({ limit: 3, before: null });
  expect(
    entries.map(({ action, object, result, instanceIds, user }) =>
      [action, object, result, user, ...instanceIds].join(" "),
    ),
  ).toEqual([
    "instances.removeDevice d-phone ok admin anna",
    "instances.rejectDevice 0f-1 DEVICE_NOT_FOUND admin anna",
    "instances.approveDevice 0f-1 ok admin anna",
  ]);
});

test("owners decide for their own instance; to other members it does not exist", async () => {
  const { app: made, gateway } = await withAnna({}, "mina");
  await using app = made;
  gateway.ask(PHONE);
  const clientOf = async (name: string, role: Role) => {
    const user = await haveUser(app.context.store, name, role);
    app.context.access.people.set(user);
    return createClawClient({ url: app.url, token: (await signIn(app.context, user)).token });
  };
  const mina = await clientOf("mina", "member");
  const mark = await clientOf("mark", "member");
  const what = { id: "anna", requestId: "0f-1" };
  for (const call of [
    () => mark.instances.pairing.query({ id: "anna" }),
    () => mark.instances.approveDevice.mutate(what),
    () => mark.instances.rejectDevice.mutate(what),
    () => mark.instances.removeDevice.mutate({ id: "anna", deviceId: "d-phone" }),
  ])
    await expect(call()).rejects.toMatchObject({ data: { reason: "INSTANCE_NOT_FOUND" } });
  expect(gateway.pending).toHaveLength(1);
  await mina.instances.approveDevice.mutate(what);
  expect((await mina.instances.pairing.query({ id: "anna" })).paired).toHaveLength(1);
});

test("each reason why a gateway cannot be asked has its own error: token, stopped, silent, switched off", async () => {
  const { app: made, gateway } = await withAnna();
  await using app = made;
  gateway.mood = "silent";
  await rejects(readPairing(app.context, "anna"), "GATEWAY_SILENT");
  gateway.mood = "off";
  const off = await rejects(readPairing(app.context, "anna"), "NOT_SUPPORTED");
  expect(off.message).toContain("admin-http-rpc");
  app.engine.setReachable(false);
  await app.until("anna", "unknown");
  await rejects(readPairing(app.context, "anna"), "INSTANCE_NOT_RUNNING");
  app.engine.setReachable(true);
  await app.until("anna", "running");
  await updateInstance(app.context, "anna", { ingress: null });
  const byToken = await rejects(readPairing(app.context, "anna"), "NOT_SUPPORTED");
  expect(byToken.message).toContain("opens by its token");
});

test("a panel without addresses for instances asks none of their gateways", async () => {
  await using panel = await createTestPanel({ config: { instanceSite: null }, timing: OPENCLAW });
  await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  const ingress = { header: "x-claw-user-0", password: "p", proven: true };
  await updateInstance(panel.context, "anna", { ingress });
  const what = { id: "anna", requestId: "0f-1" };
  await rejects(approveDevice(panel.context, what), "NOT_SUPPORTED");
});
