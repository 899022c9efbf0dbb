import { describe, expect, test } from "vitest";
import { endOf, run, running, withInstances } from "../../../tests/support/batches.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import {
  createTestPanel,
  homeOfTest,
  TEST_IMAGE,
  type TestPanel,
} from "../../../tests/support/test-app.ts";
import { MemoryEngine } from "../../engine/memory/memory-engine.ts";
import { NOBODY } from "../access/audit-draft.ts";
import { createInstance } from "../instance/create-instance.ts";
import { findBatch } from "./find-batch.ts";
import { runBatch } from "./run-batch.ts";
import { retryBatch, undoBatch } from "./undo-batch.ts";

describe("an undo", () => {
  test("of a start stops what the batch started, and itself is undone by a start", async () => {
    await using app = await withInstances(["a", "b"]);
    await app.client.instances.start.mutate({ id: "a" });
    const start = await run(app, { action: "start", ids: ["a", "b"] });
    expect((await endOf(app, start)).status).toBe("succeeded");
    const undo = await app.client.batches.undo.mutate({ id: start.id });
    expect(undo).toMatchObject({
      instanceIds: ["b"],
      result: { action: "stop", undoes: start.id },
    });
    expect((await endOf(app, undo)).status).toBe("succeeded");
    expect(running(app).map(({ id }) => id)).toEqual(["a"]);
    await expect(app.client.batches.undo.mutate({ id: start.id })).rejects.toMatchObject({
      data: { reason: "NOTHING_TO_UNDO" },
    });
    const redo = await app.client.batches.undo.mutate({ id: undo.id });
    expect((await endOf(app, redo)).status).toBe("succeeded");
    expect(running(app)).toHaveLength(2);
  });

  test("that is retried still names the batch that it undoes", async () => {
    await using app = await withInstances(["a"]);
    await app.client.instances.start.mutate({ id: "a" });
    const stop = await run(app, { action: "stop", ids: ["a"] });
    expect((await endOf(app, stop)).status).toBe("succeeded");
    app.faults.failNext("engine.start");
    const undo = await app.client.batches.undo.mutate({ id: stop.id });
    expect((await endOf(app, undo)).status).not.toBe("succeeded");
    const retry = await app.client.batches.retry.mutate({ id: undo.id });
    expect(retry.result).toMatchObject({ action: "start", undoes: stop.id });
    expect((await endOf(app, retry)).status).toBe("succeeded");
  });

  test("of a creation deletes what was made, with its data on request", async () => {
    await using app = await withInstances([]);
    const instances = ["x", "y"].map((id) => ({ id, name: id, start: false }));
    const create = await run(app, { action: "create", instances });
    expect((await endOf(app, create)).status).toBe("succeeded");
    const undo = await app.client.batches.undo.mutate({ id: create.id, deleteData: true });
    expect((await endOf(app, undo)).status).toBe("succeeded");
    expect(app.context.runtime.live.board.ids()).toEqual([]);
    expect(await app.context.disk.storage.hasInstance("x")).toBe(false);
  });

  test("of a creation deletes also what did not come up, and keeps data that was there before", async () => {
    await using app = await withInstances(["old"]);
    const { storage } = app.context.disk;
    const text = (await storage.readConfig("old")) ?? "";
    await storage.writeConfig("old", text.replace("{", "{ // STUB_INVALID\n"));
    await app.client.instances.remove.mutate({ id: "old", deleteData: false });
    const instances = ["old", "new"].map((id) => ({ id, name: id, start: true }));
    const create = await run(app, { action: "create", instances });
    expect((await endOf(app, create)).status).toBe("partial");
    const undo = await app.client.batches.undo.mutate({ id: create.id, deleteData: true });
    expect((await endOf(app, undo)).status).toBe("succeeded");
    expect(app.context.runtime.live.board.ids()).toEqual([]);
    expect(await storage.hasInstance("new")).toBe(false);
    expect(await storage.readConfig("old")).toContain("STUB_INVALID");
  });

  test("is refused when it would create what nobody may create any more", async () => {
    await using app = await withInstances(["con"]);
    const remove = await run(app, { action: "remove", ids: ["con"] });
    expect((await endOf(app, remove)).status).toBe("succeeded");
    await expect(app.client.batches.undo.mutate({ id: remove.id })).rejects.toMatchObject({
      message: expect.stringContaining("The id must not be con"),
      data: { reason: "INVALID_INPUT" },
    });
    expect(await app.client.jobs.list.query()).toMatchObject([{ id: remove.id }]);
  });

  test("is refused while the batch runs, and for what is no batch", async () => {
    await using app = await withInstances(["a"]);
    const pause = app.faults.pauseNext("engine.stop");
    const stop = await run(app, { action: "stop", ids: ["a"] });
    await pause.reached;
    const undo = (id: string) => app.client.batches.undo.mutate({ id });
    await expect(undo(stop.id)).rejects.toMatchObject({ data: { reason: "BUSY" } });
    pause.resume();
    await endOf(app, stop);
    const backup = await app.client.backups.create.mutate({ instanceIds: ["a"] });
    await endOf(app, backup);
    await expect(undo(backup.id)).rejects.toMatchObject({ data: { reason: "JOB_NOT_FOUND" } });
    await rejects(findBatch(app.context, "no"), "JOB_NOT_FOUND");
  });
});

test("a batch that a crash cut off says what it did and what was under way, and is retried", async () => {
  const home = await homeOfTest();
  await using engine = new MemoryEngine({
    ...{ home, images: [TEST_IMAGE], startDelayMs: 5, heartbeatMs: 600_000 },
  });
  const starterOf = ({ viewer }: TestPanel) => ({ viewer, by: NOBODY });
  const died = await createTestPanel({ home, engine });
  const ids = ["a", "b", "c"];
  for (const id of ids) await createInstance(died.context, { id, name: id, start: false });
  // In the middle of the second.
  died.faults.onNext("engine.stop", () => {});
  const pause = died.faults.pauseNext("engine.stop");
  const request = { action: "stop" as const, ids, options: { wave: 1 } };
  const cut = await runBatch(died.context, request, starterOf(died));
  await pause.reached;
  died.faults.die();
  pause.resume();
  await died[Symbol.asyncDispose]();

  await using panel = await createTestPanel({ home, engine });
  const job = await panel.context.runtime.jobs.get(cut.id);
  expect(job).toMatchObject({ status: "failed", error: { reason: "INTERRUPTED" } });
  expect(job.result).toMatchObject({
    results: [{ id: "a", ok: true }],
    underWay: ["b"],
    before: [{ id: "a" }, { id: "b" }],
  });
  const again = await retryBatch(panel.context, { id: cut.id }, starterOf(panel));
  expect(again.instanceIds).toEqual(["b", "c"]);
  expect((await panel.context.runtime.jobs.finished(again.id)).status).toBe("succeeded");
});

describe("a creation of many that a crash cut off", () => {
  const instances = ["a", "b", "c"].map((id) => ({ id, name: id, start: id !== "a" }));

  async function cutOff() {
    const home = await homeOfTest();
    const engine = new MemoryEngine({
      ...{ home, images: [TEST_IMAGE], startDelayMs: 5, heartbeatMs: 600_000 },
    });
    const died = await createTestPanel({ home, engine });
    // In the middle of the second.
    died.faults.onNext("engine.deploy", () => {});
    const pause = died.faults.pauseNext("engine.deploy");
    const request = { action: "create" as const, instances, options: { wave: 1 } };
    const { id } = await runBatch(died.context, request, { viewer: died.viewer, by: NOBODY });
    await pause.reached;
    died.faults.die();
    pause.resume();
    await died[Symbol.asyncDispose]();
    const panel = await createTestPanel({ home, engine });
    // The panel completes what it had begun to create.
    await panel.until("b", "running");
    const close = async () => {
      await panel[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    };
    const { context, viewer } = panel;
    return { id, context, starter: { viewer, by: NOBODY }, [Symbol.asyncDispose]: close };
  }

  test("is undone wholly", async () => {
    await using cut = await cutOff();
    const { context, starter } = cut;
    const undo = await undoBatch(context, { id: cut.id }, starter);
    expect([...(undo.instanceIds ?? [])].sort()).toEqual(["a", "b"]);
    expect((await context.runtime.jobs.finished(undo.id)).status).toBe("succeeded");
    expect(context.runtime.live.board.ids()).toEqual([]);
  });

  test("is retried: an instance that exists already is done, and the retry can be undone", async () => {
    await using cut = await cutOff();
    const { context, starter } = cut;
    const { board } = context.runtime.live;
    const { uid } = board.get("b");
    const retry = await retryBatch(context, { id: cut.id }, starter);
    expect(retry.instanceIds).toEqual(["b", "c"]);
    const { status, result } = await context.runtime.jobs.finished(retry.id);
    expect(status).toBe("succeeded");
    expect(result).toMatchObject({
      results: [
        { id: "b", ok: true, uid },
        { id: "c", ok: true },
      ],
    });
    expect(board.get("b").uid).toBe(uid);
    const undo = await undoBatch(context, { id: retry.id }, starter);
    await context.runtime.jobs.finished(undo.id);
    expect(board.ids()).toEqual(["a"]);
  });
});
