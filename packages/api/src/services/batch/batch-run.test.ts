import { describe, expect, test } from "vitest";
import { endOf, resultOf, run, running, withInstances } from "../../../tests/support/batches.ts";
import { eventually, settled } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { pauseBatch } from "./pause-batch.ts";

const IDS = ["a", "b", "c", "d", "e"];

describe("waves", () => {
  test("begin one after the other has ended, and pause between", async () => {
    await using app = await withInstances(IDS);
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
    await using app = await withInstances(IDS);
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
    await using app = await withInstances(IDS);
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
    await using app = await withInstances(IDS);
    const options = { wave: 1, pauseBetween: true };
    const job = await run(app, { action: "start", ids: IDS, options });
    await eventually(async () => expect((await resultOf(app, job)).paused).toBe(true));
    expect((await app.client.jobs.cancel.mutate({ id: job.id })).status).toBe("cancelled");
    expect(await resultOf(app, job)).toMatchObject({
      paused: false,
      results: [{ id: "a", ok: true }],
    });
    expect(running(app).map(({ id }) => id)).toEqual(["a"]);
  });
});

test("a batch that stops at its first failure begins nothing after it, and says so of each", async () => {
  await using app = await withInstances(IDS);
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
