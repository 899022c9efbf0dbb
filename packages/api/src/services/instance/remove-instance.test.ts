import { access } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { expectGone, expectWhole } from "../../../tests/support/wholeness.ts";
import { createInstance } from "./create-instance.ts";
import { removeInstance } from "./remove-instance.ts";
import { startInstance } from "./start-instance.ts";

async function made(panel: TestPanel, id = "anna", start = true) {
  await createInstance(panel.context, { id, name: id, start });
  if (start) await panel.until(id, "running");
}

const withData = { id: "anna", deleteData: true };
const withoutData = { id: "anna", deleteData: false };

test("with its data, nothing is left of it, and others stay as they are", async () => {
  await using panel = await createTestPanel();
  await made(panel);
  await made(panel, "ben");
  expect(await removeInstance(panel.context, withData)).toEqual({ id: "anna" });
  await expectGone(panel, "anna");
  await expectWhole(panel, "ben");
  expect(panel.context.runtime.live.board.get("ben").status).toBe("running");
});

test("without its data, that stays", async () => {
  await using panel = await createTestPanel();
  await made(panel);
  await removeInstance(panel.context, withoutData);
  await expectGone(panel, "anna", { dataKept: true });
  await access(path.join(panel.home, "instances/anna/data/openclaw.json"));
});

test("viewers are told that it is gone", async () => {
  await using panel = await createTestPanel();
  await made(panel);
  const gone = panel.context.runtime.live.board.until(
    "anna",
    (now) => now === null,
    AbortSignal.timeout(5_000),
  );
  await removeInstance(panel.context, withData);
  expect(await gone).toBeNull();
});

test("its port and network can be had again", async () => {
  await using panel = await createTestPanel();
  await made(panel);
  await made(panel, "ben");
  await removeInstance(panel.context, withData);
  const carl = { id: "carl", name: "Carl", start: false };
  expect((await createInstance(panel.context, carl)).port).toBe(20_000);
  expect((await panel.context.store.findInstance("carl"))?.subnet).toBe("10.99.0.0/29");
});

test("one that is not there is refused", async () => {
  await using panel = await createTestPanel();
  await rejects(removeInstance(panel.context, withData), "INSTANCE_NOT_FOUND");
});

test("one whose container is gone, or was never started, is removed", async () => {
  await using panel = await createTestPanel();
  await made(panel);
  panel.engine.removeOutside("anna");
  await removeInstance(panel.context, withData);
  await expectGone(panel, "anna");
  await made(panel, "anna", false);
  await removeInstance(panel.context, withData);
  await expectGone(panel, "anna");
});

describe("while it is", () => {
  test("being started, the removal is told so", async () => {
    await using panel = await createTestPanel();
    await made(panel, "anna", false);
    const start = panel.faults.pauseNext("engine.start");
    const starting = startInstance(panel.context, "anna");
    await start.reached;
    const error = await rejects(removeInstance(panel.context, withData), "BUSY");
    expect(error.message).toContain("starting");
    start.resume();
    await starting;
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
  });

  test("coming up, it is removed", async () => {
    await using panel = await createTestPanel({ timing: { startDelayMs: 60_000 } });
    await made(panel, "anna", false);
    await startInstance(panel.context, "anna");
    await panel.until("anna", "starting");
    await removeInstance(panel.context, withData);
    await expectGone(panel, "anna");
    await panel.context.runtime.live.starts.idle();
  });

  test("waiting for its turn, it is removed, and its turn goes to the next", async () => {
    await using panel = await createTestPanel();
    for (const id of ["x", "y", "anna", "ben"]) await made(panel, id, false);
    const pauses = ["x", "y"].map(() => panel.faults.pauseNext("engine.start"));
    const starts = ["x", "y"].map((id) => startInstance(panel.context, id));
    await Promise.all(pauses.map(({ reached }) => reached));
    for (const id of ["anna", "ben"])
      expect((await startInstance(panel.context, id)).statusDetail?.code).toBe("QUEUED");
    await removeInstance(panel.context, withData);
    await expectGone(panel, "anna");
    for (const { resume } of pauses) resume();
    await Promise.all(starts);
    await panel.until("ben", "running");
    await panel.context.runtime.live.starts.idle();
    await expectGone(panel, "anna");
  });

  test("waiting for its turn, it can be removed and made again", async () => {
    await using panel = await createTestPanel();
    for (const id of ["x", "y", "anna"]) await made(panel, id, false);
    const pauses = ["x", "y"].map(() => panel.faults.pauseNext("engine.start"));
    const starts = ["x", "y"].map((id) => startInstance(panel.context, id));
    await Promise.all(pauses.map(({ reached }) => reached));
    await startInstance(panel.context, "anna");
    await removeInstance(panel.context, withData);
    await createInstance(panel.context, { id: "anna", name: "Another", start: false });
    for (const { resume } of pauses) resume();
    await Promise.all(starts);
    await panel.context.runtime.live.starts.idle();
    expect(panel.context.runtime.live.board.get("anna").status).toBe("created");
    await expectWhole(panel, "anna");
  });

  test("being removed, a second click is told so", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    const stop = panel.faults.pauseNext("engine.stop");
    const removing = removeInstance(panel.context, withData);
    await stop.reached;
    expect(panel.context.runtime.live.board.get("anna").status).toBe("stopping");
    await rejects(removeInstance(panel.context, withData), "BUSY");
    stop.resume();
    await removing;
    await rejects(removeInstance(panel.context, withData), "INSTANCE_NOT_FOUND");
    await expectGone(panel, "anna");
  });
});

describe("a removal that cannot be done", () => {
  test("because the engine is away changes nothing", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    panel.engine.setReachable(false);
    await rejects(removeInstance(panel.context, withData), "ENGINE_UNREACHABLE");
    panel.engine.setReachable(true);
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
  });

  test("because it cannot be stopped changes nothing", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    panel.faults.failNext("engine.stop", new DomainError("ENGINE_FAILED", "no"));
    await rejects(removeInstance(panel.context, withData), "ENGINE_FAILED");
    await expectWhole(panel, "anna");
    expect(panel.context.runtime.live.board.get("anna").status).toBe("running");
  });

  test.each([
    "engine.remove",
    "storage.removeInstance",
    "store.deleteInstance",
  ])("at %s can be tried again", async (method) => {
    await using panel = await createTestPanel();
    await made(panel);
    panel.faults.failNext(method, new DomainError("FILES_DENIED", "no"));
    await rejects(removeInstance(panel.context, withData), "FILES_DENIED");
    await removeInstance(panel.context, withData);
    await expectGone(panel, "anna");
  });

  test("to its end is carried through when the engine is back", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    panel.faults.onNext("engine.remove", () => panel.engine.setReachable(false));
    await rejects(removeInstance(panel.context, withData), "ENGINE_UNREACHABLE");
    panel.engine.setReachable(true);
    await eventually(() => expectGone(panel, "anna"));
  });

  test("to its end does not come up again in between", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    panel.faults.failNext("storage.removeInstance", new DomainError("FILES_DENIED", "no"));
    await rejects(removeInstance(panel.context, withData), "FILES_DENIED");
    await rejects(startInstance(panel.context, "anna"), "BUSY");
    expect((await panel.engine.list("anna")).size).toBe(0);
  });
});
