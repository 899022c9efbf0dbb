import type { BatchRequest } from "@claw/core/batch-request";
import { DomainError } from "@claw/core/errors";
import { failuresOf, type Job } from "@claw/core/job";
import { describe, expect, test } from "vitest";
import { eventually, settled } from "../../../tests/support/deadline.ts";
import { haveUser, signIn, TEST_PASSWORD } from "../../../tests/support/sign-in.ts";
import { createTestApp, type TestApp } from "../../../tests/support/test-app.ts";
import { type ClawClient, createClawClient } from "../../client.ts";
import { createInstance } from "../instance/create-instance.ts";

const make = async (app: TestApp, ids: readonly string[], patch: object = {}) => {
  for (const id of ids) await createInstance(app.context, { id, name: id, start: false, ...patch });
};

/** How a batch ended, and what it says of each instance. */
async function endOf(app: TestApp, { id }: Pick<Job, "id">) {
  const job = await app.context.runtime.jobs.finished(id);
  if (job.kind !== "batch") throw new Error(`no batch, but ${job.kind}`);
  const results = job.result?.results ?? [];
  return {
    job,
    status: job.status,
    said: Object.fromEntries(results.map((each) => [each.id, each.reason ?? each.ok])),
  };
}

async function run(app: TestApp, request: BatchRequest, client: ClawClient = app.client) {
  return endOf(app, await client.batches.run.mutate(request));
}

/** A member who has `mine`, beside `theirs` of nobody. */
async function withMember(role: "member" | "operator" = "member") {
  const app = await createTestApp();
  const { context } = app;
  const mina = await haveUser(context.store, "mina", role);
  context.access.people.set(mina);
  await make(app, ["mine", "own"], { owner: mina.id });
  await make(app, ["theirs"]);
  const { token } = await signIn(context, mina);
  const client = createClawClient({ url: app.url, token });
  return { app, client, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

describe("a batch", () => {
  test("does its action to each, and says so of each", async () => {
    await using app = await createTestApp();
    const ids = ["a", "b", "c"];
    await make(app, ids);
    const begun = await app.client.batches.run.mutate({ action: "start", ids });
    expect(begun).toMatchObject({
      kind: "batch",
      status: "running",
      instanceIds: ids,
      result: { action: "start", results: [] },
    });
    const started = await endOf(app, begun);
    expect(started).toMatchObject({ status: "succeeded", said: { a: true, b: true, c: true } });
    expect(started.job).toMatchObject({ progress: 1, result: { underWay: [] } });
    for (const id of ids) expect(app.context.runtime.live.board.get(id).status).toBe("running");

    const before = app.context.runtime.live.board.get("a").startedAt;
    expect((await run(app, { action: "restart", ids: ["a"] })).status).toBe("succeeded");
    expect(app.context.runtime.live.board.get("a").startedAt).not.toBe(before);
    expect((await run(app, { action: "stop", ids })).status).toBe("succeeded");
    for (const id of ids) expect(app.context.runtime.live.board.get(id).status).toBe("stopped");

    expect((await run(app, { action: "remove", ids: ["a"] })).status).toBe("succeeded");
    const purge: BatchRequest = { action: "remove", ids: ["b"], options: { deleteData: true } };
    expect((await run(app, purge)).status).toBe("succeeded");
    expect(app.context.runtime.live.board.ids()).toEqual(["c"]);
    expect(await app.context.disk.storage.hasConfig("a")).toBe(true);
    expect(await app.context.disk.storage.hasConfig("b")).toBe(false);
  });

  test("goes on without those that fail; a start that does not come up is one of them", async () => {
    await using app = await createTestApp();
    await make(app, ["a", "b", "c"]);
    app.engine.addForeign("thief", app.context.runtime.live.board.get("b").port);
    const text = (await app.context.disk.storage.readConfig("c")) ?? "";
    await app.context.disk.storage.writeConfig("c", text.replace("{", "{ // STUB_INVALID\n"));
    const { job, status, said } = await run(app, { action: "start", ids: ["a", "b", "c", "no"] });
    expect(status).toBe("partial");
    expect(said).toEqual({ a: true, b: "PORT_TAKEN", c: "START_FAILED", no: "INSTANCE_NOT_FOUND" });
    const failed = failuresOf(job);
    expect(failed.map(({ id }) => id).sort()).toEqual(["b", "c", "no"]);
  });

  test("that can do nothing for anybody has failed, with the reasons kept", async () => {
    await using app = await createTestApp();
    const { job, status, said } = await run(app, { action: "stop", ids: ["x", "y"] });
    expect([status, said]).toEqual([
      "failed",
      { x: "INSTANCE_NOT_FOUND", y: "INSTANCE_NOT_FOUND" },
    ]);
    expect(job.error).toMatchObject({ reason: "INSTANCE_NOT_FOUND" });
  });

  test("starts two and stops eight at once, with those of others", async () => {
    await using app = await createTestApp({ timing: { startDelayMs: 20 } });
    const ids = Array.from({ length: 12 }, (_, index) => `i${index}`);
    await make(app, ids);
    let most = 0;
    const ends = new AbortController();
    const watching = (async () => {
      for await (const _ of app.context.runtime.live.board.watch(ends.signal)) {
        const { board, starts } = app.context.runtime.live;
        const up = ids.filter((id) => board.get(id).status === "starting" && !starts.isWaiting(id));
        most = Math.max(most, up.length);
      }
    })().catch(() => {});
    expect((await run(app, { action: "start", ids })).status).toBe("succeeded");
    ends.abort();
    await watching;
    expect(most).toBe(2);

    const pauses = ids.map(() => app.faults.pauseNext("engine.stop"));
    const reached = () => app.faults.calls.filter(({ method }) => method === "engine.stop").length;
    app.faults.record();
    const halves = [ids.slice(0, 6), ids.slice(6)];
    const jobs = await Promise.all(
      halves.map((half) => app.client.batches.run.mutate({ action: "stop", ids: half })),
    );
    await eventually(() => expect(reached()).toBe(8));
    await settled();
    expect(reached()).toBe(8);
    for (const { resume } of pauses) resume();
    for (const job of jobs) expect((await endOf(app, job)).status).toBe("succeeded");
  });

  test("that is cancelled begins with no further one; what was done stays", async () => {
    await using app = await createTestApp();
    const ids = ["a", "b", "c", "d"];
    await make(app, ids);
    const pauses = ["c", "d"].map(() => app.faults.pauseNext("engine.start"));
    // The first two take both places.
    const job = await app.client.batches.run.mutate({ action: "start", ids });
    await Promise.all(pauses.map(({ reached }) => reached));
    const cancelled = app.client.jobs.cancel.mutate({ id: job.id });
    for (const { resume } of pauses) resume();
    expect((await cancelled).status).toBe("cancelled");
    const { said } = await endOf(app, job);
    expect(Object.keys(said).sort()).toEqual(["a", "b"]);
    const desired = ids.map((id) => app.context.runtime.live.board.get(id).desired);
    expect(desired).toEqual(["running", "running", "stopped", "stopped"]);
  });

  test("waits for no backup, and each user has three at most", async () => {
    await using app = await createTestApp();
    await make(app, ["a", "b", "c", "d", "e"]);
    const measuring = app.faults.pauseNext("storage.measure");
    const backup = await app.client.backups.create.mutate({ instanceIds: ["e"] });
    const pauses = [1, 2, 3].map(() => app.faults.pauseNext("engine.stop"));
    const stop = (id: string) => app.client.batches.run.mutate({ action: "stop", ids: [id] });
    const jobs = [await stop("a"), await stop("b"), await stop("c")];
    expect(jobs.map(({ status }) => status)).toEqual(["running", "running", "running"]);
    await expect(stop("d")).rejects.toMatchObject({
      data: { reason: "BUSY" },
      message: expect.stringMatching(/limit is 3/),
    });
    for (const { resume } of pauses) resume();
    for (const job of jobs) expect((await endOf(app, job)).status).toBe("succeeded");
    expect((await run(app, { action: "stop", ids: ["d"] })).status).toBe("succeeded");
    measuring.resume();
    await app.context.runtime.jobs.finished(backup.id);
  });

  test("is two events of the audit trail: that it was asked for, and what it did", async () => {
    await using app = await createTestApp();
    await make(app, ["a"]);
    const { job } = await run(app, { action: "remove", ids: ["a", "no"] });
    const { entries } = await app.client.audit.list.query({ action: "batches." });
    expect(entries).toMatchObject([
      {
        action: "batches.remove",
        user: "admin",
        object: job.id,
        instanceIds: ["a"],
        result: "partial",
      },
      {
        action: "batches.run",
        user: "admin",
        object: job.id,
        instanceIds: ["a", "no"],
        result: "ok",
      },
    ]);
  });
});

test("a request to create or label many lists them in the audit trail, and shows no owner the others", async () => {
  await using world = await withMember();
  const { app, client } = world;
  const instances = ["mine", "secret"].map((id) => ({ id, name: id, start: false }));
  await run(app, { action: "create", instances });
  await run(app, { action: "label", instances: [{ id: "mine", group: "x" }, { id: "theirs" }] });
  const { entries } = await app.client.audit.list.query({ action: "batches.run" });
  expect(entries.map(({ instanceIds }) => instanceIds)).toEqual([
    ["mine", "theirs"],
    ["mine", "secret"],
  ]);
  expect((await client.audit.list.query({ action: "batches.run" })).entries).toEqual([]);
});

describe("many are created", () => {
  test("each with its labels and a result of its own, and what is wrong with one stays with it", async () => {
    await using app = await createTestApp();
    await make(app, ["taken"]);
    app.engine.addForeign("thief", 20_500);
    const { status, said, job } = await run(app, {
      action: "create",
      instances: [
        { id: "x", name: "X", group: "销售", tags: ["vip"], start: true },
        { id: "taken", name: "T", start: false },
        { id: "y", name: "Y", port: 20_500, start: false },
        { id: "z", name: "Z", start: false, owner: "nobody-there" },
      ],
    });
    expect(status).toBe("partial");
    const refused = { taken: "INSTANCE_EXISTS", y: "PORT_TAKEN", z: "USER_NOT_FOUND" };
    expect(said).toEqual({ x: true, ...refused });
    const x = app.context.runtime.live.board.get("x");
    expect(x).toMatchObject({ status: "running", group: "销售", tags: ["vip"] });
    expect(job.result).toMatchObject({
      results: expect.arrayContaining([{ id: "x", ok: true, uid: x.uid }]),
    });
    expect(app.context.runtime.live.board.ids().sort()).toEqual(["taken", "x"]);
  });

  test("of which the owner of an instance whose id was asked for learns nothing", async () => {
    await using world = await withMember();
    const { app, client } = world;
    const instances = ["mine", "secret"].map((id) => ({ id, name: id, start: false }));
    const { job, said } = await run(app, { action: "create", instances });
    expect(said).toEqual({ mine: "INSTANCE_EXISTS", secret: true });
    expect(await client.jobs.list.query()).toEqual([]);
    for (const call of [client.jobs.get.query, client.batches.undo.mutate])
      await expect(call({ id: job.id })).rejects.toMatchObject({
        data: { reason: "JOB_NOT_FOUND" },
      });
  });

  test("which their owners find in the audit trail, each their own", async () => {
    await using world = await withMember();
    const { app, client } = world;
    const instances = [
      { id: "hers", name: "H", start: false, owner: "mina" },
      { id: "other", name: "O", start: false },
    ];
    expect((await run(app, { action: "create", instances })).status).toBe("succeeded");
    const { entries } = await client.audit.list.query({ action: "batches." });
    expect(entries).toMatchObject([
      { action: "batches.create", user: "admin", instanceIds: ["hers"], result: "ok" },
    ]);
  });

  test("by nobody who may not create one, and with owners by administrators only", async () => {
    await using world = await withMember("operator");
    const { app, client } = world;
    const create = (patch: object) =>
      client.batches.run.mutate({
        ...{ action: "create", instances: [{ id: "x", name: "X", start: false, ...patch }] },
      });
    await expect(create({ owner: "mina" })).rejects.toMatchObject({
      data: { reason: "FORBIDDEN" },
    });
    expect((await endOf(app, await create({}))).status).toBe("succeeded");
    await app.client.users.update.mutate({ username: "mina", role: "member" });
    await expect(create({ id: "y" })).rejects.toMatchObject({ data: { reason: "FORBIDDEN" } });
    const label = { action: "label" as const, instances: [{ id: "mine", group: "x" }] };
    await expect(client.batches.run.mutate(label)).rejects.toMatchObject({
      data: { reason: "FORBIDDEN" },
    });
  });
});

test("a member learns from the result nothing of an instance that is not theirs", async () => {
  await using world = await withMember();
  const { app, client } = world;
  const { job } = await run(app, { action: "start", ids: ["theirs", "mine"] }, client);
  expect(job.result).toMatchObject({ before: [{ id: "mine" }] });
});

test("a former owner learns from an undo nothing of what the instance is now", async () => {
  await using world = await withMember();
  const { app, client } = world;
  const { job } = await run(app, { action: "start", ids: ["mine"] }, client);
  await app.client.instances.assign.mutate({ ids: ["mine"], owner: null });
  await expect(client.batches.undo.mutate({ id: job.id })).rejects.toMatchObject({
    data: { reason: "NOTHING_TO_UNDO" },
  });
});

describe("permission is that of the single call, for each", () => {
  test("another's instance is as if it were not there, and the member sees the job", async () => {
    await using world = await withMember();
    const { app, client } = world;
    const { job, status, said } = await run(
      app,
      { action: "start", ids: ["theirs", "mine", "none"] },
      client,
    );
    expect(status).toBe("partial");
    expect(said).toEqual({ theirs: "INSTANCE_NOT_FOUND", mine: true, none: "INSTANCE_NOT_FOUND" });
    const failed = failuresOf(job);
    const words = failed.map(({ id, message }) => message.replace(id, "?"));
    expect(new Set(words)).toEqual(new Set(["There is no instance ?."]));
    expect(app.context.runtime.live.board.get("theirs").desired).toBe("stopped");
    expect((await client.jobs.get.query({ id: job.id })).id).toBe(job.id);
    await expect(
      client.batches.run.mutate({ action: "start", ids: ["theirs", "none"] }),
    ).rejects.toMatchObject({ data: { reason: "INSTANCE_NOT_FOUND" } });
  });

  test("an action that is not for their role or token is refused at once", async () => {
    await using world = await withMember("operator");
    const { app, client } = world;
    const { token } = await client.tokens.create.mutate({
      name: "ci",
      scope: "operate",
      password: TEST_PASSWORD,
    });
    const byToken = createClawClient({ url: app.url, token });
    await expect(
      byToken.batches.run.mutate({ action: "remove", ids: ["mine"] }),
    ).rejects.toMatchObject({ data: { reason: "FORBIDDEN" } });
    expect((await run(app, { action: "stop", ids: ["mine"] }, byToken)).status).toBe("succeeded");
    await app.client.users.update.mutate({ username: "mina", role: "member" });
    await expect(
      client.batches.run.mutate({ action: "remove", ids: ["mine"] }),
    ).rejects.toMatchObject({ data: { reason: "FORBIDDEN" } });
    expect(app.context.runtime.live.board.find("mine")).not.toBeNull();
  });

  test("who may not do it cannot let it continue either, though they see it wait", async () => {
    await using world = await withMember();
    const { app, client } = world;
    const options = { wave: 1, pauseBetween: true };
    const { id } = await app.client.batches.run.mutate({
      ...{ action: "remove", ids: ["mine", "own"], options },
    });
    await eventually(async () => {
      const { kind, result } = await client.jobs.get.query({ id });
      expect(kind === "batch" && result?.paused).toBe(true);
    });
    await expect(client.batches.resume.mutate({ id })).rejects.toMatchObject({
      data: { reason: "FORBIDDEN" },
    });
    await settled();
    expect(app.context.runtime.live.board.find("own")).not.toBeNull();
    await app.client.batches.resume.mutate({ id });
    expect((await endOf(app, { id })).status).toBe("succeeded");
  });

  test("who loses it while the batch runs loses it for what is not done yet", async () => {
    await using world = await withMember();
    const { app, client } = world;
    await make(app, ["third"], { owner: "u-mina" });
    const pauses = [1, 2].map(() => app.faults.pauseNext("engine.start"));
    const ids = ["mine", "own", "third"];
    const job = await client.batches.run.mutate({ action: "start", ids });
    await Promise.all(pauses.map(({ reached }) => reached));
    await app.client.users.update.mutate({ username: "mina", disabled: true });
    for (const { resume } of pauses) resume();
    const { status, said } = await endOf(app, job);
    expect([status, said]).toEqual(["partial", { mine: true, own: true, third: "FORBIDDEN" }]);
    expect(app.context.runtime.live.board.get("third").desired).toBe("stopped");
  });
});

test("what fails for no reason that it knows is told of that one, and in the panel's log", async () => {
  await using app = await createTestApp();
  await make(app, ["a", "b"]);
  app.faults.failNext("engine.stop", new Error("nobody expects this"));
  const { status, said } = await run(app, { action: "stop", ids: ["a", "b"] });
  expect(status).toBe("partial");
  expect(Object.values(said).sort()).toEqual(["INTERNAL", true]);
  expect(app.logged.join("")).toContain("nobody expects this");
  app.faults.failNext("engine.stop", new DomainError("ENGINE_SLOW", "Docker is slow."));
  expect((await run(app, { action: "stop", ids: ["a"] })).job.error).toEqual({
    reason: "ENGINE_SLOW",
    message: "Docker is slow.",
  });
});
