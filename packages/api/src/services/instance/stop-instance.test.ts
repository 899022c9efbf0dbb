import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { expectWhole } from "../../../tests/support/wholeness.ts";
import { createInstance } from "./create-instance.ts";
import { stopInstance } from "./stop-instance.ts";

async function running(panel: TestPanel, id = "anna") {
  await createInstance(panel.context, { id, name: id, start: true });
  await panel.until(id, "running");
}

test("an instance that runs is stopped, and stays so", async () => {
  await using panel = await createTestPanel();
  await running(panel);
  expect(await stopInstance(panel.context, "anna")).toMatchObject({
    status: "stopped",
    desired: "stopped",
    startedAt: null,
  });
  await expectWhole(panel, "anna");
  expect((await panel.context.store.findInstance("anna"))?.desired).toBe("stopped");
});

test("one that does not run is left alone", async () => {
  await using panel = await createTestPanel();
  await running(panel);
  await stopInstance(panel.context, "anna");
  expect((await stopInstance(panel.context, "anna")).status).toBe("stopped");
});

test("one that is not there is refused", async () => {
  await using panel = await createTestPanel();
  await rejects(stopInstance(panel.context, "nobody"), "INSTANCE_NOT_FOUND");
});

test("a second stop while it stops is told so, and the first is not disturbed", async () => {
  await using panel = await createTestPanel();
  await running(panel);
  const stop = panel.faults.pauseNext("engine.stop");
  const first = stopInstance(panel.context, "anna");
  await stop.reached;
  expect(panel.context.runtime.live.board.get("anna").status).toBe("stopping");
  const error = await rejects(stopInstance(panel.context, "anna"), "BUSY");
  expect(error.message).toContain("stopping");
  stop.resume();
  expect((await first).status).toBe("stopped");
});

test("one that is coming up is stopped", async () => {
  await using panel = await createTestPanel({ timing: { startDelayMs: 60_000 } });
  await createInstance(panel.context, { id: "anna", name: "anna", start: true });
  await panel.until("anna", "starting");
  expect((await stopInstance(panel.context, "anna")).status).toBe("stopped");
  await panel.context.runtime.live.starts.idle();
});

test("one that crashes again and again is stopped, and is no error any more", async () => {
  await using panel = await createTestPanel();
  await running(panel);
  await panel.context.disk.storage.writeConfig("anna", "{ broken");
  panel.engine.killOutside("anna", 1, true);
  await panel.until("anna", "error");
  expect(await stopInstance(panel.context, "anna")).toMatchObject({
    status: "stopped",
    statusReason: null,
  });
});

test("what is stopped is not in error because its start once failed", async () => {
  await using panel = await createTestPanel();
  await running(panel);
  panel.context.runtime.live.board.setStartError("anna", "no");
  expect((await stopInstance(panel.context, "anna")).status).toBe("stopped");
});

test("a stop that fails leaves the truth on the page", async () => {
  await using panel = await createTestPanel();
  await running(panel);
  panel.faults.failNext("engine.stop", new DomainError("ENGINE_FAILED", "no"));
  await rejects(stopInstance(panel.context, "anna"), "ENGINE_FAILED");
  expect(panel.context.runtime.live.board.get("anna").status).toBe("running");
  expect((await stopInstance(panel.context, "anna")).status).toBe("stopped");
});

test("without the engine nothing is changed", async () => {
  await using panel = await createTestPanel();
  await running(panel);
  panel.engine.setReachable(false);
  await rejects(stopInstance(panel.context, "anna"), "ENGINE_UNREACHABLE");
  expect((await panel.context.store.findInstance("anna"))?.desired).toBe("running");
  panel.engine.setReachable(true);
  await panel.until("anna", "running");
});

test("a stop in whose middle the engine goes away is done when it is back", async () => {
  await using panel = await createTestPanel();
  await running(panel);
  panel.faults.onNext("engine.stop", () => panel.engine.setReachable(false));
  await rejects(stopInstance(panel.context, "anna"), "ENGINE_UNREACHABLE");
  panel.engine.setReachable(true);
  await panel.until("anna", "stopped");
  await eventually(async () =>
    expect((await panel.engine.list("anna")).get("anna")?.state).toBe("exited"),
  );
});
