import type { BatchRequest } from "@claw/core/batch-request";
import type { BatchJob } from "@claw/core/job";
import { describe, expect, test } from "vitest";
import { eventually, settled } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import {
  createTestApp,
  createTestPanel,
  homeOfTest,
  TEST_IMAGE,
  type TestApp,
  type TestPanel,
} from "../../../tests/support/test-app.ts";
import { MemoryEngine } from "../../engine/memory/memory-engine.ts";
import { NOBODY } from "../access/audit-draft.ts";
import { createInstance } from "../instance/create-instance.ts";
import { findBatch } from "./find-batch.ts";
import { pauseBatch } from "./pause-batch.ts";
import { runBatch } from "./run-batch.ts";
import { retryBatch } from "./undo-batch.ts";

const IDS = ["a", "b", "c", "d", "e"];

async function withInstances(ids: readonly string[] = IDS) {
  const app = await createTestApp();
  for (const id of ids) await createInstance(app.context, { id, name: id, start: false });
  return app;
}

const resultOf = async (app: TestApp, { id }: Pick<BatchJob, "id">) =>
  (await findBatch(app.context, id)).result;
const run = (app: TestApp, request: BatchRequest) => app.client.batches.run.mutate(request);
const endOf = (app: TestApp, { id }: Pick<BatchJob, "id">) => app.context.runtime.jobs.finished(id);
const running = (app: TestApp) =>
  app.context.runtime.live.board.list().filter(({ desired }) => desired === "running");

describe("waves", () => {
  test("begin one after the other has ended, and pause between", async () => {
    await using app = await withInstances();
    const options = { wave: 2, pauseBetween: true };
    const job = await run(app, { action: "start", ids: IDS, options });
    await eventually(async () => expect((await resultOf(app, job)).paused).toBe(true));
    expect(running(app).map(({ id, status }) => [id, status])).toEqual([
      ["a", "running"],
      ["b", "running"],
    ]);
    expect(await resultOf(app, job)).toMatchObject({ wave: { number: 1, of: 3 }, underWay: [] });

    const resumed = await app.client.batches.resume.mutate({ id: job.id });
    expect(resumed.result.paused).toBe(false);
    await eventually(async () => expect((await resultOf(app, job)).paused).toBe(true));
    expect(await resultOf(app, job)).toMatchObject({ wave: { number: 2, of: 3 } });
    expect(running(app)).toHaveLength(4);
    await app.client.batches.resume.mutate({ id: job.id });
    expect((await endOf(app, job)).status).toBe("succeeded");
    expect(running(app)).toHaveLength(5);
  });

  test("without a pause go on by themselves", async () => {
    await using app = await withInstances();
    const job = await run(app, { action: "start", ids: IDS, options: { wave: 2 } });
    expect((await endOf(app, job)).status).toBe("succeeded");
    const waves = (await app.context.runtime.jobs.log(job.id)).map(({ text }) => text);
    expect(waves.filter((text) => text.startsWith("wave"))).toEqual([
      ...["wave 1 of 3", "wave 2 of 3", "wave 3 of 3"],
    ]);
  });
});

describe("a paused batch", () => {
  test("begins nothing, keeps no turn from others, and goes on when it is resumed", async () => {
    await using app = await withInstances();
    const pause = app.faults.pauseNext("engine.stop");
    const ids = IDS.slice(0, 4);
    const job = await run(app, { action: "stop", ids, options: { wave: 1 } });
    await pause.reached;
    const paused = await app.client.batches.pause.mutate({ id: job.id });
    expect(paused.result).toMatchObject({ paused: true, underWay: ["a"] });
    pause.resume();
    await eventually(async () => expect((await resultOf(app, job)).underWay).toEqual([]));
    await settled();
    expect((await resultOf(app, job)).results).toEqual([{ id: "a", ok: true }]);
    expect((await endOf(app, await run(app, { action: "stop", ids: ["e"] }))).status).toBe(
      "succeeded",
    );
    await app.client.batches.resume.mutate({ id: job.id });
    expect((await endOf(app, job)).status).toBe("succeeded");
    expect((await resultOf(app, job)).results.map(({ id }) => id)).toEqual(ids);
    await rejects(pauseBatch(app.context, job.id), "JOB_FINISHED");
  });

  test("keeps no turn that others need, however many of its own wait", async () => {
    const ids = Array.from({ length: 16 }, (_, n) => `i${n}`);
    await using app = await withInstances([...ids, "e"]);
    const pauses = ids.slice(0, 8).map(() => app.faults.pauseNext("engine.stop"));
    const job = await run(app, { action: "stop", ids });
    await Promise.all(pauses.map(({ reached }) => reached));
    await app.client.batches.pause.mutate({ id: job.id });
    for (const { resume } of pauses) resume();
    await eventually(async () => expect((await resultOf(app, job)).results).toHaveLength(8));
    await settled();
    // Eight go at once, and the paused batch has eight to go.
    const other = await run(app, { action: "stop", ids: ["e"] });
    expect((await endOf(app, other)).status).toBe("succeeded");
    expect((await resultOf(app, job)).results).toHaveLength(8);
    await app.client.batches.resume.mutate({ id: job.id });
    expect((await endOf(app, job)).status).toBe("succeeded");
  });

  test("can be cancelled, and what it had not begun is not touched", async () => {
    await using app = await withInstances();
    const options = { wave: 1, pauseBetween: true };
    const job = await run(app, { action: "start", ids: IDS, options });
    await eventually(async () => expect((await resultOf(app, job)).paused).toBe(true));
    expect((await app.client.jobs.cancel.mutate({ id: job.id })).status).toBe("cancelled");
    expect((await resultOf(app, job)).results).toEqual([{ id: "a", ok: true }]);
    expect(running(app).map(({ id }) => id)).toEqual(["a"]);
  });
});

test("a batch that stops at its first failure begins nothing after it, and says so of each", async () => {
  await using app = await withInstances();
  app.engine.addForeign("thief", app.context.runtime.live.board.get("b").port);
  const options = { wave: 1, stopAtFirstFailure: true };
  const job = await run(app, { action: "start", ids: IDS, options });
  const ended = await endOf(app, job);
  expect(ended.status).toBe("partial");
  const { results } = await resultOf(app, job);
  expect(results.map(({ id, ok, reason }) => [id, reason ?? ok])).toEqual([
    ["a", true],
    ["b", "PORT_TAKEN"],
    ...["c", "d", "e"].map((id) => [id, "NOT_BEGUN"]),
  ]);
  expect(results.at(-1)?.message).toContain("first failure, that of b");
  expect(running(app).map(({ id }) => id)).toEqual(["a", "b"]);

  app.engine.removeForeign("thief");
  const again = await app.client.batches.retry.mutate({ id: job.id });
  expect(again.instanceIds).toEqual(["b", "c", "d", "e"]);
  expect((await endOf(app, again)).status).toBe("succeeded");
  expect(running(app)).toHaveLength(5);
});

test("neither a batch that waited nor its retry touches another instance of the same id", async () => {
  await using app = await withInstances(["a", "b"]);
  const { board } = app.context.runtime.live;
  const options = { wave: 1, pauseBetween: true, deleteData: true };
  const job = await run(app, { action: "remove", ids: ["a", "b"], options });
  await eventually(async () => expect((await resultOf(app, job)).paused).toBe(true));
  await app.client.instances.remove.mutate({ id: "b", deleteData: true });
  await app.client.instances.create.mutate({ id: "b", name: "another", start: false });
  await app.client.batches.resume.mutate({ id: job.id });
  expect((await endOf(app, job)).status).toBe("partial");
  const last = (await resultOf(app, job)).results.at(-1);
  expect(last).toMatchObject({ id: "b", ok: false, reason: "INSTANCE_NOT_FOUND" });
  await expect(app.client.batches.retry.mutate({ id: job.id })).rejects.toMatchObject({
    data: { reason: "JOB_FINISHED" },
  });
  expect(board.find("b")?.name).toBe("another");
});

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
