import { DomainError } from "@claw/core/errors";
import type { InstanceSpec } from "@claw/core/instance";
import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import {
  createTestPanel,
  type TestAppOptions,
  type TestPanel,
} from "../../../tests/support/test-app.ts";
import { refreshImages } from "../instance/apply-instance.ts";
import { createInstance } from "../instance/create-instance.ts";
import { openInstance } from "../instance/open-instance.ts";
import { startInstance } from "../instance/start-instance.ts";
import { stopInstance } from "../instance/stop-instance.ts";
import { updateInstance } from "../instance/update-instance.ts";
import { migrateInstance } from "./migrate-instance.ts";

const PANEL = "http://127.0.0.1:8000";
const COMMENT = "// by hand";

/** A panel whose gateways answer as the test says, with an instance that opens by its token. */
async function withTokenInstance(options: TestAppOptions = {}) {
  const gateway: { trust: "trusted" | "refused" } = { trust: "refused" };
  const seen = Promise.withResolvers<void>();
  const panel = await createTestPanel({
    ...options,
    timing: { openclawVersion: "2026.9.6", ...options.timing },
    gateways: { trust: () => seen.promise.then(() => gateway.trust) },
  });
  await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
  // As it was created by an earlier version: a refused one is on its token again.
  const { startedAt } = await panel.until("anna", "running");
  seen.resolve();
  const { board, locks } = panel.context.runtime.live;
  await eventually(() => {
    const now = board.get("anna");
    expect([now.status, locks.current("anna")]).toEqual(["running", null]);
    expect(now.startedAt).not.toBe(startedAt);
  });
  const { storage } = panel.context.disk;
  const text = `${COMMENT}\n${await storage.readConfig("anna")}`;
  await storage.writeConfig("anna", text);
  return { panel, gateway, text };
}

const specOf = (panel: TestPanel) =>
  panel.context.runtime.live.board.specOf("anna") as InstanceSpec;
const configOf = (panel: TestPanel) => panel.context.disk.storage.readConfig("anna");
const linkOf = async (panel: TestPanel) =>
  (await openInstance(panel.context, { id: "anna" }, PANEL)).url;
const migrate = (panel: TestPanel, signal = AbortSignal.timeout(5_000)) =>
  migrateInstance(panel.context, "anna", signal);

test("an instance of an earlier version opens through the panel, keeps its comments and runs again", async () => {
  const { panel: made, gateway } = await withTokenInstance();
  await using panel = made;
  expect(await linkOf(panel)).toContain("#token=");
  const { startedAt } = panel.context.runtime.live.board.get("anna");
  gateway.trust = "trusted";
  await migrate(panel);
  const { ingress, ingressFault, label } = specOf(panel);
  expect([ingress?.proven, ingressFault]).toEqual([true, null]);
  expect(await linkOf(panel)).toBe(`${PANEL}/open/anna/${label}`);
  const text = await configOf(panel);
  expect(text).toContain(COMMENT);
  expect(text).toContain(ingress?.header);
  const now = panel.context.runtime.live.board.get("anna");
  expect(now.status).toBe("running");
  expect(now.startedAt).not.toBe(startedAt);
  await migrate(panel);
  expect(specOf(panel).ingress, "once is enough").toEqual(ingress);
});

test("one whose gateway refuses the panel has its former configuration and link again", async () => {
  const { panel: made, text } = await withTokenInstance();
  await using panel = made;
  const link = await linkOf(panel);
  const error = await rejects(migrate(panel), "GATEWAY_REFUSES");
  expect(error.message).toContain("opens by its token again");
  await panel.until("anna", "running");
  expect(specOf(panel).ingress).toBeNull();
  expect(await configOf(panel)).toBe(text);
  expect(await linkOf(panel)).toBe(link);
});

test("one that does not come up is taken back, too", async () => {
  const { panel: made, gateway, text } = await withTokenInstance();
  await using panel = made;
  gateway.trust = "trusted";
  const link = await linkOf(panel);
  panel.faults.failNext("engine.start", new DomainError("ENGINE_FAILED", "no room"));
  await rejects(migrate(panel), "ENGINE_FAILED");
  expect(specOf(panel).ingress).toBeNull();
  expect(await configOf(panel)).toBe(text);
  await panel.until("anna", "running");
  expect(await linkOf(panel)).toBe(link);
});

test("one that is cancelled while its work is waited for goes on as it was", async () => {
  const { panel: made, text } = await withTokenInstance();
  await using panel = made;
  const { runtime } = panel.context;
  const { startedAt } = runtime.live.board.get("anna");
  runtime.gateways.suspend = async () => ({ id: "s1", blockers: [{ kind: "task", count: 1 }] });
  const batch = new AbortController();
  const done = rejects(migrate(panel, batch.signal), "CANCELLED");
  await eventually(() => expect(runtime.live.drains.workOf("anna")).toEqual(["task"]));
  batch.abort(new DomainError("CANCELLED", "The panel ends."));
  await done;
  expect(specOf(panel).ingress).toBeNull();
  expect(await configOf(panel)).toBe(text);
  expect(runtime.live.board.get("anna")).toMatchObject({ status: "running", startedAt });
});

test("an instance says whether it opens through the panel, could, or must open by its token", async () => {
  const { panel: made, gateway } = await withTokenInstance();
  await using panel = made;
  const { live } = panel.context.runtime;
  const change = async (patch: Parameters<typeof updateInstance>[2]) => {
    await updateInstance(panel.context, "anna", patch);
    return live.board.get("anna").opensBy;
  };
  expect(await change({}), "its gateway has refused the panel").toBe("token");
  await refreshImages(panel.context, [specOf(panel).image]);
  expect(await change({ ingressFault: null })).toBe("token-migratable");
  expect(await change({ publishHost: "0.0.0.0" })).toBe("token");
  expect(await change({ publishHost: "127.0.0.1", image: "openclaw:other" })).toBe("token");
  expect(await change({ image: panel.context.config.image })).toBe("token-migratable");
  gateway.trust = "trusted";
  await migrate(panel);
  expect(live.board.get("anna").opensBy).toBe("panel");
});

test("one that is stopped stays so", async () => {
  const { panel: made, gateway } = await withTokenInstance();
  await using panel = made;
  await stopInstance(panel.context, "anna");
  gateway.trust = "trusted";
  await migrate(panel);
  expect(panel.context.runtime.live.board.get("anna").status).toBe("stopped");
  expect(specOf(panel).ingress?.proven).toBe(false);
  await startInstance(panel.context, "anna");
  await eventually(() => expect(specOf(panel).ingress?.proven).toBe(true));
});

test("where it cannot open through the panel nothing changes", async () => {
  const { panel: made, text } = await withTokenInstance();
  await using panel = made;
  await panel.context.store.updateInstance("anna", {
    publishHost: "0.0.0.0",
    updatedAt: "2026-01-01T00:00:00.000Z",
  });
  await rejects(migrate(panel), "NOT_SUPPORTED");
  expect(await configOf(panel)).toBe(text);
  expect(specOf(panel).ingress).toBeNull();
});

test("one at a time", async () => {
  const { panel: made } = await withTokenInstance();
  await using panel = made;
  const first = migrate(panel);
  await rejects(migrate(panel), "BUSY");
  await rejects(first, "GATEWAY_REFUSES");
});
