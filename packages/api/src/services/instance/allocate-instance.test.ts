import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { allocateInstance, isPortTaken, reallocatePort } from "./allocate-instance.ts";

const anna = { id: "anna", name: "Anna", start: true };

test("an instance is stored before anything of it is made", async () => {
  await using panel = await createTestPanel({ config: { timezone: "Asia/Shanghai" } });
  panel.host.containerUser = "1001:1002";
  const spec = await allocateInstance(panel.context, { ...anna, start: false });
  expect(spec.uid).toMatch(/^[0-9a-f]{32}$/);
  expect(spec).toEqual({
    id: "anna",
    uid: spec.uid,
    name: "Anna",
    label: spec.label,
    ingress: null,
    ingressFault: null,
    port: 20_000,
    subnet: "10.99.0.0/29",
    image: "openclaw:test",
    publishHost: "127.0.0.1",
    timezone: "Asia/Shanghai",
    user: "1001:1002",
    desired: "stopped",
    phase: "creating",
    owner: null,
    ownership: spec.ownership,
    group: null,
    tags: [],
    webhookPaths: [],
    template: null,
    createdAt: spec.createdAt,
    updatedAt: spec.createdAt,
  });
  expect(await panel.context.store.findInstance("anna")).toEqual(spec);
  expect(await panel.context.disk.storage.hasInstance("anna")).toBe(false);
});

test("each is given what the ones before it left", async () => {
  await using panel = await createTestPanel();
  const ids = Array.from({ length: 40 }, (_, n) => `i${n}`);
  const specs = await Promise.all(
    ids.map((id) => allocateInstance(panel.context, { id, name: id, start: true })),
  );
  expect(new Set(specs.map(({ port }) => port)).size).toBe(40);
  expect(new Set(specs.map(({ subnet }) => subnet)).size).toBe(40);
  expect(Math.max(...specs.map(({ port }) => port))).toBe(20_039);
});

test("a network that somebody else has is left out", async () => {
  await using panel = await createTestPanel();
  panel.engine.machine.networks.set("office", "10.99.0.0/24").set("six", "fd00::/64");
  expect((await allocateInstance(panel.context, anna)).subnet).toBe("10.99.1.0/29");
});

test("a network that a route of this machine leads to is left out", async () => {
  await using panel = await createTestPanel();
  panel.engine.machine.routes.push({ network: "10.99.0.0/23", via: "tun0" });
  expect((await allocateInstance(panel.context, anna)).subnet).toBe("10.99.2.0/29");
});

test("a failure to look does not keep the next from being tried", async () => {
  await using panel = await createTestPanel();
  panel.faults.failNext("engine.addresses.allocatePort", new DomainError("ENGINE_FAILED", "no"));
  const outcomes = await Promise.allSettled([
    allocateInstance(panel.context, anna),
    allocateInstance(panel.context, { ...anna, id: "ben" }),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
});

test("another port is never the one that was taken, and the instance counts as not finished", async () => {
  await using panel = await createTestPanel();
  const spec = await allocateInstance(panel.context, anna);
  panel.context.runtime.live.board.setSpec(spec);
  const moved = await reallocatePort(panel.context, spec);
  expect(moved).toMatchObject({ id: "anna", port: 20_001, phase: "creating" });
  expect(await panel.context.store.findInstance("anna")).toEqual(moved);
  expect(panel.context.runtime.live.board.get("anna").port).toBe(20_001);
});

test("only a port that is taken is mended by another", async () => {
  expect(isPortTaken(new DomainError("PORT_TAKEN", "x"))).toBe(true);
  expect(isPortTaken(new DomainError("ENGINE_FAILED", "x"))).toBe(false);
  expect(isPortTaken(new Error("PORT_TAKEN"))).toBe(false);
});
