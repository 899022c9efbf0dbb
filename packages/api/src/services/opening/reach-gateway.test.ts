import type { InstanceSpec } from "@claw/core/instance";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { stopInstance } from "../instance/stop-instance.ts";
import { findGateway } from "./find-gateway.ts";
import { reachGateway } from "./reach-gateway.ts";

async function withAnna() {
  const panel = await createTestPanel({ timing: { openclawVersion: "2026.9.6" } });
  await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  return panel;
}

const specOf = (panel: TestPanel) =>
  panel.context.runtime.live.board.specOf("anna") as InstanceSpec;

test("a gateway is asked where its instance listens, as its ingress and under its public origin", async () => {
  await using panel = await withAnna();
  panel.context.runtime.addresses.listensOn(8123);
  const { ingress, label } = specOf(panel);
  const gateway = await reachGateway(panel.context, "anna");
  expect(gateway).toEqual({
    id: "anna",
    endpoint: await panel.engine.endpoint("anna"),
    header: ingress?.header,
    origin: `http://${label}.localhost:8123`,
  });
  expect(await findGateway(panel.context, specOf(panel))).toEqual(gateway);
});

test("there is none of a stopped instance, and none that opens by its token", async () => {
  await using panel = await withAnna();
  expect(await findGateway(panel.context, { ...specOf(panel), ingress: null })).toBeNull();
  await rejects(reachGateway(panel.context, "nobody"), "INSTANCE_NOT_FOUND");
  await stopInstance(panel.context, "anna");
  expect(await findGateway(panel.context, specOf(panel))).toBeNull();
  await rejects(reachGateway(panel.context, "anna"), "INSTANCE_NOT_RUNNING");
});
