import { writeFile } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import { eventually, settled } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { specOf } from "../../../tests/support/specs.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { expectGone, expectWhole } from "../../../tests/support/wholeness.ts";
import { createInstance } from "./create-instance.ts";
import { reconcile } from "./reconcile.ts";
import { removeInstance } from "./remove-instance.ts";
import { restartInstance } from "./restart-instance.ts";
import { startInstance } from "./start-instance.ts";
import { stopInstance } from "./stop-instance.ts";
import { updateInstance } from "./update-instance.ts";

async function made(panel: TestPanel, id = "anna", start = true) {
  await createInstance(panel.context, { id, name: id, start });
  if (start) await panel.until(id, "running");
}

const containerOf = async (panel: TestPanel, id = "anna") => (await panel.engine.list(id)).get(id);

describe("what is as it should be", () => {
  test("is left alone, however often it is looked at", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    await made(panel, "ben", false);
    const before = [await containerOf(panel), await containerOf(panel, "ben")];
    for (let time = 0; time < 3; time++) await reconcile(panel.context);
    expect([await containerOf(panel), await containerOf(panel, "ben")]).toEqual(before);
  });

  test("is nothing when there are no instances", async () => {
    await using panel = await createTestPanel();
    panel.faults.record();
    await reconcile(panel.context);
    const methods = panel.faults.calls.map(({ method }) => method);
    expect(methods.filter((method) => method.startsWith("files."))).toEqual([]);
  });
});

describe("an instance that should run", () => {
  test("is made again when its container is missing", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    panel.engine.removeOutside("anna");
    await panel.until("anna", "error");
    await reconcile(panel.context);
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
  });

  test("is started again when it was stopped from outside", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    panel.engine.killOutside("anna", 137);
    await panel.until("anna", "error");
    await reconcile(panel.context);
    await panel.until("anna", "running");
  });

  test("runs on in its container when its template was changed; the next restart applies that", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    const before = await containerOf(panel);
    await updateInstance(panel.context, "anna", { port: 31_000 });
    await reconcile(panel.context);
    expect(await containerOf(panel)).toEqual(before);
    expect(panel.context.runtime.live.board.get("anna").pendingChange).toBe("definition");
    await restartInstance(panel.context, "anna");
    expect((await panel.until("anna", "running")).pendingChange).toBeNull();
    expect((await containerOf(panel))?.containerId).not.toBe(before?.containerId);
    expect(panel.engine.survey().ports.get(31_000)).toBe("openclaw-anna");
  });

  test("is finished when its making was cut short", async () => {
    await using panel = await createTestPanel();
    const {
      store,
      runtime: { live },
    } = panel.context;
    const spec = await store.insertInstance(() => specOf({ id: "anna", phase: "creating" }));
    live.board.setSpec(spec);
    await reconcile(panel.context);
    await panel.until("anna", "running");
    await expectWhole(panel, "anna");
  });

  test("says why it cannot, and does not keep the others waiting", async () => {
    await using panel = await createTestPanel();
    for (const id of ["anna", "ben"]) await made(panel, id);
    for (const id of ["anna", "ben"]) panel.engine.removeOutside(id);
    panel.engine.addForeign("openclaw-anna");
    await reconcile(panel.context);
    await panel.until("ben", "running");
    expect(panel.context.runtime.live.board.get("anna")).toMatchObject({
      status: "error",
      statusDetail: { code: "START_FAILED" },
      statusReason: expect.stringContaining("openclaw-anna"),
    });
    expect(panel.logged.join("")).toContain("the instance anna is not as it should be");
  });
});

describe("an instance that should not run", () => {
  test("is stopped", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    await panel.context.store.updateInstance("anna", { desired: "stopped", updatedAt: "x" });
    await reconcile(panel.context);
    expect((await containerOf(panel))?.state).toBe("exited");
  });

  test("is finished, and not started, when its making was cut short", async () => {
    await using panel = await createTestPanel();
    const {
      store,
      runtime: { live },
    } = panel.context;
    const cut = specOf({ id: "anna", phase: "creating", desired: "stopped" });
    live.board.setSpec(await store.insertInstance(() => cut));
    await reconcile(panel.context);
    await expectWhole(panel, "anna");
    expect((await containerOf(panel))?.state).toBe("created");
  });

  test("keeps its container, and its log, when its template was changed, until it is started", async () => {
    await using panel = await createTestPanel();
    await made(panel, "anna", false);
    const before = await containerOf(panel);
    await updateInstance(panel.context, "anna", { port: 31_000 });
    await reconcile(panel.context);
    expect(await containerOf(panel)).toEqual(before);
    expect(panel.context.runtime.live.board.get("anna").pendingChange).toBe("definition");
    await startInstance(panel.context, "anna");
    expect((await panel.until("anna", "running")).pendingChange).toBeNull();
    expect(panel.engine.survey().ports.get(31_000)).toBe("openclaw-anna");
  });

  test("gets the container that it has not, not started", async () => {
    await using panel = await createTestPanel();
    await made(panel, "anna", false);
    panel.engine.removeOutside("anna");
    await reconcile(panel.context);
    expect((await containerOf(panel))?.state).toBe("created");
  });
});

describe("an instance on its way out", () => {
  test.each([
    ["removing", true],
    ["purging", false],
  ] as const)("is removed to its end: %s", async (phase, dataKept) => {
    await using panel = await createTestPanel();
    await made(panel);
    await panel.context.store.updateInstance("anna", { phase, updatedAt: "x" });
    await reconcile(panel.context);
    await expectGone(panel, "anna", { dataKept });
  });
});

describe("a container that no spec knows", () => {
  test("is reported and not touched, until it is gone", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    const {
      store,
      runtime: { live },
    } = panel.context;
    await store.deleteInstance("anna");
    live.board.removeSpec("anna");
    await live.observer.refresh("anna");
    const container = await containerOf(panel);
    expect(live.observer.orphans()).toEqual([{ id: "anna", container: container?.containerId }]);
    await made(panel, "ben");
    await reconcile(panel.context);
    expect(await containerOf(panel)).toEqual(container);
    panel.engine.removeOutside("anna");
    await eventually(() => expect(live.observer.orphans()).toEqual([]));
  });
});

describe("an instance somebody works on", () => {
  test("is waited for, and what he could not finish is finished: a stop", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    const stop = panel.faults.pauseNext("engine.stop");
    const stopping = stopInstance(panel.context, "anna");
    await stop.reached;
    panel.engine.setReachable(false);
    await panel.until("anna", "unknown");
    panel.engine.setReachable(true);
    await panel.until("anna", "stopping");
    await settled();
    stop.fail(new DomainError("ENGINE_UNREACHABLE", "it took too long"));
    await rejects(stopping, "ENGINE_UNREACHABLE");
    await panel.until("anna", "stopped");
  });

  test("is waited for, and what he could not finish is finished: a removal", async () => {
    await using panel = await createTestPanel();
    await made(panel);
    const remove = panel.faults.pauseNext("engine.remove");
    const removing = removeInstance(panel.context, { id: "anna", deleteData: true });
    await remove.reached;
    panel.engine.setReachable(false);
    await panel.until("anna", "unknown");
    panel.engine.setReachable(true);
    await panel.until("anna", "stopping");
    await settled();
    remove.fail(new DomainError("ENGINE_UNREACHABLE", "it took too long"));
    await rejects(removing, "ENGINE_UNREACHABLE");
    await eventually(() => expectGone(panel, "anna"));
  });

  test("is waited for, and what he could not finish is finished: the undoing of a creation", async () => {
    await using panel = await createTestPanel();
    panel.faults.onNext("engine.deploy", () => panel.engine.setReachable(false));
    const undo = panel.faults.pauseNext("engine.stop");
    const creating = createInstance(panel.context, { id: "anna", name: "Anna", start: true });
    await undo.reached;
    panel.engine.setReachable(true);
    await panel.until("anna", "starting");
    await settled();
    undo.fail(new DomainError("ENGINE_UNREACHABLE", "it took too long"));
    await rejects(creating, "ENGINE_UNREACHABLE");
    await eventually(() => expectGone(panel, "anna"));
  });
});

test("the compose file is written anew, whatever somebody did to it", async () => {
  await using panel = await createTestPanel();
  await made(panel, "anna", false);
  await writeFile(path.join(panel.home, "docker-compose.yml"), "oops");
  await reconcile(panel.context);
  await expectWhole(panel, "anna");
});
