import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, TEST_IMAGE, type TestPanel } from "../../../tests/support/test-app.ts";
import { expectWhole } from "../../../tests/support/wholeness.ts";
import { createInstance } from "./create-instance.ts";
import { restartInstance } from "./restart-instance.ts";

async function made(panel: TestPanel, start = true) {
  await createInstance(panel.context, { id: "anna", name: "Anna", start });
  if (start) await panel.until("anna", "running");
}

test("an instance that runs is started anew", async () => {
  await using panel = await createTestPanel();
  await made(panel);
  const before = panel.context.runtime.live.board.get("anna").startedAt;
  panel.faults.record();
  await restartInstance(panel.context, "anna");
  await panel.until("anna", "running");
  expect(panel.context.runtime.live.board.get("anna").startedAt).not.toBe(before);
  const done = panel.faults.calls.map(({ method }) => method);
  expect(done.indexOf("engine.stop")).toBeLessThan(done.indexOf("engine.start"));
  await expectWhole(panel, "anna");
});

test("a tag that names another image by now replaces no container: it is told, and the log is kept", async () => {
  await using panel = await createTestPanel();
  await made(panel);
  const { containerId } = panel.context.runtime.live.board.observedOf("anna") ?? {};
  expect(panel.context.runtime.live.board.get("anna").pendingChange).toBeNull();
  panel.engine.moveTag(TEST_IMAGE);
  await restartInstance(panel.context, "anna");
  expect((await panel.until("anna", "running")).pendingChange).toBe("image");
  expect(panel.context.runtime.live.board.observedOf("anna")?.containerId).toBe(containerId);
});

test("one that does not run is started", async () => {
  await using panel = await createTestPanel();
  await made(panel, false);
  expect((await restartInstance(panel.context, "anna")).desired).toBe("running");
  await panel.until("anna", "running");
});

test("as many as may start at a time are restarted while they start, and come up", async () => {
  await using panel = await createTestPanel({ timing: { startDelayMs: 300 } });
  const ids = ["anna", "ben"];
  for (const id of ids) await createInstance(panel.context, { id, name: id, start: true });
  for (const id of ids) await panel.until(id, "starting");
  await Promise.all(ids.map((id) => restartInstance(panel.context, id)));
  for (const id of ids) await panel.until(id, "running");
});

test("one that is not there is refused", async () => {
  await using panel = await createTestPanel();
  await rejects(restartInstance(panel.context, "nobody"), "INSTANCE_NOT_FOUND");
});

test("two clicks are one restart, or the second is told that it is busy", async () => {
  await using panel = await createTestPanel();
  await made(panel);
  const outcomes = await Promise.allSettled([
    restartInstance(panel.context, "anna"),
    restartInstance(panel.context, "anna"),
  ]);
  expect(outcomes[0]?.status).toBe("fulfilled");
  expect(outcomes[1]).toMatchObject({ status: "rejected", reason: { reason: "BUSY" } });
  await panel.until("anna", "running");
});

test("without the engine nothing is changed", async () => {
  await using panel = await createTestPanel();
  await made(panel, false);
  panel.engine.setReachable(false);
  await rejects(restartInstance(panel.context, "anna"), "ENGINE_UNREACHABLE");
  expect((await panel.context.store.findInstance("anna"))?.desired).toBe("stopped");
});

test.each([
  "engine.stop",
  "engine.deploy",
  "engine.start",
])("when the engine goes away at %s, it comes up again when the engine is back", async (method) => {
  await using panel = await createTestPanel();
  await made(panel);
  panel.faults.onNext(method, () => panel.engine.setReachable(false));
  await rejects(restartInstance(panel.context, "anna"), "ENGINE_UNREACHABLE");
  await panel.until("anna", "unknown");
  panel.engine.setReachable(true);
  await panel.until("anna", "running");
  await expectWhole(panel, "anna");
});

test("when the engine is back before the restart gave up, it comes up all the same", async () => {
  await using panel = await createTestPanel();
  await made(panel);
  const start = panel.faults.pauseNext("engine.start");
  const restarting = restartInstance(panel.context, "anna");
  await start.reached;
  panel.engine.setReachable(false);
  await panel.until("anna", "unknown");
  panel.engine.setReachable(true);
  await panel.until("anna", "starting");
  start.fail(new DomainError("ENGINE_UNREACHABLE", "it took too long"));
  await rejects(restarting, "ENGINE_UNREACHABLE");
  await panel.until("anna", "running");
});

test("a start that fails after the stop shows why", async () => {
  await using panel = await createTestPanel();
  await made(panel);
  panel.faults.onNext("engine.start", () => panel.engine.addForeign("thief", 20_000));
  await rejects(restartInstance(panel.context, "anna"), "PORT_TAKEN");
  expect(panel.context.runtime.live.board.get("anna")).toMatchObject({
    status: "error",
    statusDetail: { code: "START_FAILED" },
  });
});
