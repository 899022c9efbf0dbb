import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { createTestPanel, TEST_IMAGE } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { systemStatus } from "./system-status.ts";

test("everything is told in bytes and numbers", async () => {
  await using panel = await createTestPanel();
  const status = await systemStatus(panel.context);
  expect(status).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    home: panel.home,
    engine: { kind: "memory", reachable: true, version: "memory", error: null },
    image: { ref: TEST_IMAGE, present: true, id: expect.stringMatching(/^sha256:/) },
    host: { cpus: 4, loadAverage: 0.5, memoryTotal: 8_000_000_000, memoryFree: 2_000_000_000 },
    instances: { total: 0, running: 0, stopped: 0, error: 0 },
    orphans: [],
  });
  expect(status.image.size).toBeGreaterThan(0);
  expect(status.host.diskTotal).toBeGreaterThan(status.host.diskFree);
});

test("instances are counted by what they do now", async () => {
  await using panel = await createTestPanel();
  for (const id of ["a", "b", "c", "d"])
    await createInstance(panel.context, { id, name: id, start: id !== "d" });
  for (const id of ["a", "b", "c"]) await panel.until(id, "running");
  panel.engine.killOutside("a", 1);
  panel.engine.killOutside("b", 0);
  await panel.until("a", "error");
  await panel.until("b", "stopped");
  expect((await systemStatus(panel.context)).instances).toEqual({
    total: 4,
    running: 1,
    stopped: 2,
    error: 1,
  });
});

test("an engine that is away is told with why; nothing is claimed of its image", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  panel.engine.setReachable(false);
  await panel.until("anna", "unknown");
  expect(await systemStatus(panel.context)).toMatchObject({
    engine: { reachable: false, version: null, error: expect.stringContaining("switched off") },
    image: { ref: TEST_IMAGE, present: false, id: null, size: null },
    instances: { total: 1, running: 0, stopped: 0, error: 0 },
  });
});

test("an image that is missing is told so", async () => {
  await using panel = await createTestPanel({ config: { image: "openclaw:none" } });
  expect((await systemStatus(panel.context)).image).toEqual({
    ref: "openclaw:none",
    present: false,
    id: null,
    size: null,
  });
  await eventually(() => expect(panel.context.runtime.jobs.running("image")).toBeNull());
});

test("containers that nobody knows are named", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  await panel.context.store.deleteInstance("anna");
  panel.context.runtime.live.board.removeSpec("anna");
  await panel.context.runtime.live.observer.refresh("anna");
  expect((await systemStatus(panel.context)).orphans).toMatchObject([{ id: "anna" }]);
});
