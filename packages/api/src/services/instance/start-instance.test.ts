import { DomainError } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import { settled } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "./create-instance.ts";
import { startInstance } from "./start-instance.ts";
import { stopInstance } from "./stop-instance.ts";
import { requireUp } from "./until-settled.ts";

const create = (panel: TestPanel, id: string, start = false) =>
  createInstance(panel.context, { id, name: id, start });

/** Two instances that take the whole queue, until they are allowed to come up. */
async function fillQueue(panel: TestPanel) {
  const pauses = ["x", "y"].map(() => panel.faults.pauseNext("engine.start"));
  for (const id of ["x", "y"]) await create(panel, id);
  const starts = ["x", "y"].map((id) => startInstance(panel.context, id));
  await Promise.all(pauses.map(({ reached }) => reached));
  return async () => {
    for (const { resume } of pauses) resume();
    await Promise.all(starts);
  };
}

test("an instance that was stopped comes up", async () => {
  await using panel = await createTestPanel();
  await create(panel, "anna");
  const instance = await startInstance(panel.context, "anna");
  expect(instance.desired).toBe("running");
  await panel.until("anna", "running");
});

test("one that is not there is refused", async () => {
  await using panel = await createTestPanel();
  await rejects(startInstance(panel.context, "nobody"), "INSTANCE_NOT_FOUND");
});

test("one that runs is left alone", async () => {
  await using panel = await createTestPanel();
  await create(panel, "anna", true);
  const { startedAt } = await panel.until("anna", "running");
  panel.faults.record();
  const again = await startInstance(panel.context, "anna");
  expect(again).toMatchObject({ status: "running", startedAt });
  const touched = panel.faults.calls.filter(({ method }) =>
    ["engine.deploy", "engine.start", "engine.stop"].includes(method),
  );
  expect(touched).toEqual([]);
});

test("one that runs does not begin to wait while others start", async () => {
  await using panel = await createTestPanel();
  await create(panel, "anna", true);
  await panel.until("anna", "running");
  const letUp = await fillQueue(panel);
  expect((await startInstance(panel.context, "anna")).status).toBe("running");
  await letUp();
});

test("a container that is gone is made again", async () => {
  await using panel = await createTestPanel();
  await create(panel, "anna", true);
  await panel.until("anna", "running");
  panel.engine.removeOutside("anna");
  expect((await panel.until("anna", "error")).statusDetail?.code).toBe("CONTAINER_MISSING");
  await startInstance(panel.context, "anna");
  await panel.until("anna", "running");
});

describe("an instance in a crash loop whose configuration was mended", () => {
  /** The engine would begin the next run in a minute. */
  async function inLoop() {
    const panel = await createTestPanel({ timing: { restartDelayMs: 60_000 } });
    await create(panel, "anna");
    const good = (await panel.context.disk.storage.readConfig("anna")) ?? "";
    await panel.context.disk.storage.writeConfig("anna", good.replace("{", "{ // STUB_INVALID\n"));
    await startInstance(panel.context, "anna");
    expect((await panel.until("anna", "error")).statusDetail?.code).toBe("CRASH_LOOP");
    await panel.context.disk.storage.writeConfig("anna", good);
    return panel;
  }

  test("comes up at once", async () => {
    await using panel = await inLoop();
    await startInstance(panel.context, "anna");
    await panel.until("anna", "running");
  });

  test("is judged by its new run, of which the wait for the start knows", async () => {
    await using panel = await inLoop();
    await startInstance(panel.context, "anna");
    await requireUp(panel.context, "anna", AbortSignal.timeout(5_000));
  });

  test("is one that others may be starting: it waits its turn", async () => {
    await using panel = await inLoop();
    const letUp = await fillQueue(panel);
    expect(await startInstance(panel.context, "anna")).toMatchObject({
      status: "starting",
      statusDetail: { code: "QUEUED" },
    });
    await letUp();
    await panel.until("anna", "running");
  });
});

describe("two clicks", () => {
  test("are one start, or the second is told that it is busy", async () => {
    await using panel = await createTestPanel();
    await create(panel, "anna");
    const outcomes = await Promise.allSettled([
      startInstance(panel.context, "anna"),
      startInstance(panel.context, "anna"),
      startInstance(panel.context, "anna"),
    ]);
    expect(outcomes[0]?.status).toBe("fulfilled");
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ reason: "BUSY" });
    await panel.until("anna", "running");
  });

  test("while it waits for its turn are one start", async () => {
    await using panel = await createTestPanel();
    await create(panel, "anna");
    const letUp = await fillQueue(panel);
    for (let click = 0; click < 3; click++)
      expect(await startInstance(panel.context, "anna")).toMatchObject({
        status: "starting",
        statusDetail: { code: "QUEUED" },
      });
    panel.faults.record();
    await letUp();
    await panel.until("anna", "running");
    const starts = panel.faults.calls.filter(
      ({ method, args }) => method === "engine.start" && args[0] === "anna",
    );
    expect(starts).toHaveLength(1);
  });
});

describe("the wish while it waits for its turn", () => {
  test("can be taken back: it does not start, and shows so at once", async () => {
    await using panel = await createTestPanel();
    await create(panel, "anna");
    const letUp = await fillQueue(panel);
    await startInstance(panel.context, "anna");
    const stopped = await stopInstance(panel.context, "anna");
    expect(stopped).toMatchObject({ desired: "stopped", status: "created" });
    await letUp();
    await panel.until("x", "running");
    await panel.context.runtime.live.starts.idle();
    expect(panel.context.runtime.live.board.get("anna").status).toBe("created");
    expect((await panel.engine.list("anna")).get("anna")?.state).toBe("created");
  });

  test("can be taken back and uttered again: it starts", async () => {
    await using panel = await createTestPanel();
    await create(panel, "anna");
    const letUp = await fillQueue(panel);
    await startInstance(panel.context, "anna");
    await stopInstance(panel.context, "anna");
    expect(await startInstance(panel.context, "anna")).toMatchObject({
      status: "starting",
      desired: "running",
    });
    await letUp();
    await panel.until("anna", "running");
  });
});

describe("a start that fails", () => {
  test("shows why, until the next one", async () => {
    await using panel = await createTestPanel();
    await create(panel, "anna");
    panel.engine.addForeign("thief", 20_000);
    await rejects(startInstance(panel.context, "anna"), "PORT_TAKEN");
    expect(panel.context.runtime.live.board.get("anna")).toMatchObject({
      status: "error",
      statusDetail: { code: "START_FAILED" },
      statusReason: expect.stringContaining("20000"),
    });
    panel.engine.removeForeign("thief");
    await startInstance(panel.context, "anna");
    expect((await panel.until("anna", "running")).statusReason).toBeNull();
  });

  test("that had to wait is told in the log and on the page", async () => {
    await using panel = await createTestPanel();
    await create(panel, "anna");
    const letUp = await fillQueue(panel);
    await startInstance(panel.context, "anna");
    panel.engine.addForeign("thief", 20_000);
    await letUp();
    expect((await panel.until("anna", "error")).statusDetail?.code).toBe("START_FAILED");
    expect(panel.logged.join("")).toContain("starting anna failed");
  });

  test("because its configuration is wrong shows the exit code and the last lines", async () => {
    await using panel = await createTestPanel();
    await create(panel, "anna");
    const text = (await panel.context.disk.storage.readConfig("anna")) ?? "";
    await panel.context.disk.storage.writeConfig("anna", text.replace("{", "{ // STUB_INVALID\n"));
    await startInstance(panel.context, "anna");
    await panel.context.runtime.live.board.until(
      "anna",
      (now) => (now?.statusDetail?.lines.length ?? 0) > 0,
      AbortSignal.timeout(5_000),
    );
    expect(panel.context.runtime.live.board.get("anna")).toMatchObject({
      status: "error",
      statusReason: expect.stringContaining("exit code 78"),
      statusDetail: {
        code: "CRASH_LOOP",
        exitCode: 78,
        lines: expect.arrayContaining(["Gateway failed to start: Invalid config"]),
      },
    });
  });

  test("because the engine is away changes nothing", async () => {
    await using panel = await createTestPanel();
    await create(panel, "anna");
    panel.engine.setReachable(false);
    await rejects(startInstance(panel.context, "anna"), "ENGINE_UNREACHABLE");
    expect((await panel.context.store.findInstance("anna"))?.desired).toBe("stopped");
    panel.engine.setReachable(true);
    await panel.until("anna", "created");
    await settled();
    expect(panel.context.runtime.live.board.get("anna").status).toBe("created");
  });

  test("because the engine goes away in the middle is done when it is back", async () => {
    await using panel = await createTestPanel();
    await create(panel, "anna");
    panel.faults.onNext("engine.start", () => panel.engine.setReachable(false));
    await rejects(startInstance(panel.context, "anna"), "ENGINE_UNREACHABLE");
    await panel.until("anna", "unknown");
    panel.engine.setReachable(true);
    await panel.until("anna", "running");
  });

  test("frees its place for the next", async () => {
    await using panel = await createTestPanel();
    for (const id of ["a", "b", "c", "d"]) await create(panel, id);
    const failure = new DomainError("ENGINE_FAILED", "no");
    for (let time = 0; time < 3; time++) panel.faults.failNext("engine.start", failure);
    const outcomes = await Promise.allSettled(
      ["a", "b", "c", "d"].map((id) => startInstance(panel.context, id)),
    );
    expect(outcomes.filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
    await panel.until("d", "running");
  });
});

test("an instance that was left half-made can be started", async () => {
  await using panel = await createTestPanel();
  await create(panel, "anna");
  await panel.context.store.updateInstance("anna", { phase: "creating", updatedAt: "x" });
  panel.engine.removeOutside("anna");
  await startInstance(panel.context, "anna");
  await panel.until("anna", "running");
  expect((await panel.context.store.findInstance("anna"))?.phase).toBe("ready");
});
