import { DomainError } from "@claw/core/errors";
import type { Instance } from "@claw/core/instance";
import type { WatchEvent } from "@claw/core/instance-views";
import { describe, expect, test } from "vitest";
import { eventually, settled } from "../../../tests/support/deadline.ts";
import { unreachable } from "../../../tests/support/faulty-engine.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { openInstance } from "../instance/open-instance.ts";
import { removeInstance } from "../instance/remove-instance.ts";
import { stopInstance } from "../instance/stop-instance.ts";

async function made(panel: TestPanel, id = "anna") {
  await createInstance(panel.context, { id, name: id, start: true });
  await panel.until(id, "running");
}

describe("what happens outside of the panel", () => {
  test("is seen: a process that ends, a container that goes", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    panel.engine.killOutside("anna", 137);
    expect(await panel.until("anna", "error")).toMatchObject({
      statusReason: expect.stringContaining("exit code 137"),
      statusDetail: { code: "EXITED", exitCode: 137 },
    });
    panel.engine.removeOutside("anna");
    await panel.context.runtime.live.board.until(
      "anna",
      (now) => now?.statusDetail?.code === "CONTAINER_MISSING",
      AbortSignal.timeout(5_000),
    );
  });

  test("is asked about once for a burst of events", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    await settled();
    const looking = panel.faults.pauseNext("engine.list");
    const { observer } = panel.context.runtime.live;
    const looks = [observer.refresh("anna")];
    await looking.reached;
    panel.faults.record();
    for (let event = 0; event < 50; event++) looks.push(observer.refresh("anna"));
    looking.resume();
    await Promise.all(looks);
    const asked = panel.faults.calls.filter(({ method }) => method === "engine.list");
    expect(asked).toHaveLength(1);
  });
});

describe("an engine that goes away", () => {
  test("makes every status unknown at once, and comes back by itself", async () => {
    await using panel = await createTestPanel();
    for (const id of ["anna", "ben"]) await made(panel, id);
    panel.engine.setReachable(false);
    for (const id of ["anna", "ben"])
      expect((await panel.until(id, "unknown", 1_000)).statusDetail?.code).toBe(
        "ENGINE_UNREACHABLE",
      );
    expect(panel.context.runtime.live.board.isReachable()).toBe(false);
    expect(panel.context.runtime.live.observer.lastError()).toContain("switched off");
    panel.engine.setReachable(true);
    for (const id of ["anna", "ben"]) await panel.until(id, "running", 2_000);
    expect(panel.context.runtime.live.observer.lastError()).toBeNull();
  });

  test("is told once in the log, and once when it is back", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    panel.logged.length = 0;
    panel.engine.setReachable(false);
    await panel.until("anna", "unknown");
    await eventually(() => {
      const tries = panel.faults.calls.filter(({ method }) => method === "engine.events");
      expect(tries.length).toBeGreaterThan(2);
    });
    panel.engine.setReachable(true);
    await panel.until("anna", "running");
    expect(panel.logged.filter((line) => line.includes("switched off"))).toHaveLength(1);
    expect(panel.logged.filter((line) => line.includes("answers again"))).toHaveLength(1);
  });

  test("is looked at anew: what happened meanwhile is seen", async () => {
    await using panel = await createTestPanel();
    for (const id of ["anna", "ben", "carl"]) await made(panel, id);
    const { board } = panel.context.runtime.live;
    // Instances that should run start again; this test is not about them.
    const patch = { desired: "stopped", updatedAt: "x" } as const;
    board.setSpec(await panel.context.store.updateInstance("anna", patch));
    panel.engine.setReachable(false);
    await panel.until("anna", "unknown");
    panel.engine.killOutside("anna", 0);
    panel.engine.removeOutside("ben");
    panel.engine.setReachable(true);
    await panel.until("anna", "stopped");
    await panel.until("ben", "running");
    await panel.until("carl", "running");
  });

  test("may be away from the beginning", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    await using late = await createTestPanel({
      home: panel.home,
      engine: panel.engine,
      busy: true,
    });
    expect(late.context.runtime.live.board.get("anna").status).toBe("unknown");
    await late.until("anna", "running");
  });

  test.each([
    ["breaks", unreachable()],
    ["ends", undefined],
    ["fails", new DomainError("ENGINE_FAILED", "said nonsense")],
  ])("whose event stream %s is watched again, and what was missed is seen", async (_, error) => {
    await using panel = await createTestPanel();
    await made(panel);
    const connecting = panel.faults.pauseNext("engine.events");
    expect(panel.faults.cutStreams("engine.events", error)).toBe(1);
    await connecting.reached;
    panel.engine.killOutside("anna", 3);
    connecting.resume();
    // It should run, and is started again.
    await panel.until("anna", "running");
    await eventually(async () =>
      expect((await panel.engine.list("anna")).get("anna")?.state).toBe("running"),
    );
  });

  test("that fails to answer once, while its events flow, is asked again", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    panel.faults.failNext("engine.list");
    panel.engine.killOutside("anna", 3);
    await panel.until("anna", "error");
  });

  test("that cannot list its containers is not taken for reachable", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    panel.faults.failNext("engine.list", new DomainError("ENGINE_FAILED", "said nonsense"));
    panel.faults.cutStreams("engine.events", unreachable());
    await panel.until("anna", "unknown");
    await panel.until("anna", "running");
  });
});

describe("a container that hangs", () => {
  test("is unknown alone, with a reason, also after a restart of the panel, and seen when it is back", async () => {
    await using panel = await createTestPanel();
    for (const id of ["anna", "ben"]) await made(panel, id);
    panel.engine.setHanging("anna", true);
    await using next = await createTestPanel({
      home: panel.home,
      engine: panel.engine,
      busy: true,
    });
    await next.until("ben", "running");
    expect(await next.until("anna", "unknown")).toMatchObject({
      statusReason: expect.stringContaining("Docker does not say"),
      statusDetail: { code: "CONTAINER_SILENT" },
    });
    expect(next.context.runtime.live.board.isReachable()).toBe(true);
    panel.engine.setHanging("anna", false);
    // Nothing tells of it: it is asked for again and again.
    await next.until("anna", "running", 10_000);
  });
});

describe("a gateway that does not answer in time", () => {
  test("is busy, also after a restart of its own, and can be opened", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    panel.engine.killOutside("anna", 1, true);
    await panel.until("anna", "error");
    await panel.until("anna", "running");
    panel.engine.setBusy("anna", true);
    const { board } = panel.context.runtime.live;
    const isBusy = (now: Instance | null) => now?.statusDetail?.code === "BUSY";
    const busy = await board.until("anna", isBusy, AbortSignal.timeout(5_000));
    expect(busy).toMatchObject({ status: "running", restartCount: 1 });
    expect((await openInstance(panel.context, { id: "anna" }, "http://panel")).url).toContain(
      "#token=",
    );
    panel.engine.setBusy("anna", false);
    await board.until("anna", (now) => now?.statusDetail === null, AbortSignal.timeout(5_000));
  });
});

describe("an event stream that was opened again", () => {
  test("while the engine answers leads to one look at all, and is told to nobody", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    const { board } = panel.context.runtime.live;
    const leaving = new AbortController();
    const told: WatchEvent[] = [];
    const watching = (async () => {
      for await (const event of board.watch(leaving.signal)) told.push(event);
    })();
    await eventually(() => expect(told).toHaveLength(2));
    panel.faults.record();
    panel.engine.reopenEvents();
    await eventually(() =>
      expect(panel.faults.calls.map(({ method }) => method)).toContain("engine.list"),
    );
    await settled();
    leaving.abort();
    await watching;
    expect(told).toHaveLength(2);
    const asked = panel.faults.calls.filter(({ method }) => method.startsWith("engine."));
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(["engine.list"]));
  });

  test("leaves what somebody does beside the panel as it is", async () => {
    await using panel = await createTestPanel();
    for (const id of ["anna", "ben"]) await made(panel, id);
    await stopInstance(panel.context, "ben");
    await panel.engine.stop("anna");
    await panel.engine.start("ben");
    await panel.until("ben", "running");
    for (let time = 0; time < 3; time++) {
      panel.faults.record();
      panel.engine.reopenEvents();
      await eventually(() =>
        expect(panel.faults.calls.map(({ method }) => method)).toContain("engine.list"),
      );
      await settled();
    }
    const observed = await panel.engine.list();
    expect([observed.get("anna")?.state, observed.get("ben")?.state]).toEqual([
      "exited",
      "running",
    ]);
  });

  test("finishes what was at work meanwhile and failed", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    const failing = panel.faults.pauseNext("engine.stop");
    const stopping = stopInstance(panel.context, "anna");
    await failing.reached;
    panel.engine.reopenEvents();
    await settled();
    failing.fail(unreachable());
    await rejects(stopping, "ENGINE_UNREACHABLE");
    await panel.until("anna", "stopped");
  });
});

test("what was lost when events were cut for a moment is made true all the same", async () => {
  await using panel = await createTestPanel();
  await made(panel);
  const failing = panel.faults.pauseNext("engine.remove");
  const removal = removeInstance(panel.context, { id: "anna", deleteData: false });
  await failing.reached;
  failing.fail(unreachable());
  await removal.catch(() => undefined);
  panel.engine.reopenEvents();
  await panel.context.runtime.live.board.until(
    "anna",
    (now) => now === null,
    AbortSignal.timeout(5_000),
  );
});

describe("why an instance is in error", () => {
  test("is told with its exit code and its last lines, at most 20", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    for (let line = 0; line < 50; line++) panel.engine.write("anna", "stdout", `line ${line}`);
    panel.engine.write("anna", "stderr", "what it died of");
    panel.engine.killOutside("anna", 1);
    const { board } = panel.context.runtime.live;
    await board.until(
      "anna",
      (now) => (now?.statusDetail?.lines.length ?? 0) > 0,
      AbortSignal.timeout(5_000),
    );
    const { statusDetail, statusReason } = board.get("anna");
    expect(statusDetail?.exitCode).toBe(1);
    expect(statusDetail?.lines).toHaveLength(20);
    expect(statusDetail?.lines).toContain("what it died of");
    expect(statusReason).toContain("It ended with exit code 1.");
  });

  test("is told during a crash loop, which never shows as running", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    const seen = new Set<string>();
    const watching = new AbortController();
    const watch = (async () => {
      for await (const event of panel.context.runtime.live.board.watch(watching.signal))
        if (event.type === "changed") seen.add(event.instance.status);
    })();
    await panel.context.disk.storage.writeConfig("anna", "{ broken");
    panel.engine.killOutside("anna", 78, true);
    await panel.context.runtime.live.board.until(
      "anna",
      (now) => (now?.restartCount ?? 0) >= 4,
      AbortSignal.timeout(5_000),
    );
    // The lines are of the crashes, not of the good run before them.
    await eventually(() => {
      const { status, statusReason, statusDetail } = panel.context.runtime.live.board.get("anna");
      expect(status).toBe("error");
      expect(statusReason).toMatch(/exit code 78.*Last log line: Gateway failed to start/);
      expect(statusDetail).toMatchObject({ code: "CRASH_LOOP", exitCode: 78 });
      expect(statusDetail?.lines.at(-1)).toContain("Gateway failed to start");
    });
    watching.abort();
    await watch;
    expect(seen).toEqual(new Set(["error"]));
  });

  test("does not fail with the log", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    panel.faults.failNext("engine.logs", new DomainError("ENGINE_FAILED", "no log driver"));
    panel.engine.killOutside("anna", 1);
    expect((await panel.until("anna", "error")).statusDetail?.lines).toEqual([]);
    await eventually(() => expect(panel.logged.join("")).toContain("no log driver"));
  });
});

test("a panel that ends listens no longer", async () => {
  const panel = await createTestPanel();
  await made(panel);
  await panel[Symbol.asyncDispose]();
  expect(panel.faults.cutStreams("engine.events")).toBe(0);
});
