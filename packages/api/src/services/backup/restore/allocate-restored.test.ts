import { expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { createInstance } from "../../instance/create-instance.ts";
import { allocateRestored } from "./allocate-restored.ts";

test("a restored instance has its port and its time zone of before, and a network of its own", async () => {
  await using panel = await createTestPanel();
  const ctx = panel.context;
  await createInstance(ctx, { id: "ben", name: "Ben", start: false });
  const spec = await allocateRestored(ctx, {
    id: "anna",
    name: "安娜",
    port: 20_123,
    desired: "stopped",
    timezone: "Asia/Shanghai",
    createdAt: "2026-01-01T00:00:00.000Z",
    owner: "u-admin",
    group: "销售",
    tags: ["vip"],
  });
  expect(spec).toMatchObject({
    owner: "u-admin",
    group: "销售",
    tags: ["vip"],
    port: 20_123,
    timezone: "Asia/Shanghai",
    createdAt: "2026-01-01T00:00:00.000Z",
    desired: "stopped",
    image: ctx.config.image,
  });
  expect(spec.subnet).not.toBe((await ctx.store.findInstance("ben"))?.subnet);
  expect(ctx.runtime.live.board.get("anna").name).toBe("安娜");
});

test.each([
  "an instance",
  "a container",
  "a listener",
])("a port that %s has is not given again", async (who) => {
  await using panel = await createTestPanel();
  const ctx = panel.context;
  if (who === "an instance")
    await createInstance(ctx, { id: "ben", name: "Ben", port: 20_123, start: false });
  if (who === "a container") panel.engine.addForeign("thief", 20_123);
  if (who === "a listener") panel.engine.machine.busyPorts.add(20_123);
  const wanted = { id: "anna", name: "A", port: 20_123, desired: "running", owner: null } as const;
  expect((await allocateRestored(ctx, wanted)).port).toBe(20_000);
});

test("a network that a route of this machine leads to is left out", async () => {
  await using panel = await createTestPanel();
  panel.engine.machine.routes.push({ network: "10.99.0.0/23", via: "tun0" });
  const wanted = { id: "anna", name: "A", port: null, desired: "stopped", owner: null } as const;
  expect((await allocateRestored(panel.context, wanted)).subnet).toBe("10.99.2.0/29");
});

test("an id that is taken by now is refused", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "A", start: false });
  const wanted = { id: "anna", name: "A", port: null, desired: "running", owner: null } as const;
  await rejects(allocateRestored(panel.context, wanted), "INSTANCE_EXISTS");
});
