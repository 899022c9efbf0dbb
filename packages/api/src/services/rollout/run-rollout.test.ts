import { failuresOf } from "@claw/core/job";
import { describe, expect, test } from "vitest";
import { endOf, withInstances } from "../../../tests/support/batches.ts";
import { eventually } from "../../../tests/support/deadline.ts";
import { OPENCLAW_SCHEMA } from "../../../tests/support/openclaw-schema.ts";
import {
  DEBUG,
  endedAs,
  inDebug,
  textOf,
  textsOf,
  withRunning,
  written,
} from "../../../tests/support/rollouts.ts";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import { createTestApp } from "../../../tests/support/test-app.ts";
import { createClawClient } from "../../client.ts";
import { createInstance } from "../instance/create-instance.ts";

const SECRET = "a-bot-token-of-somebody";

describe("a roll-out", () => {
  test("changes each configuration where it is to change, and its undo brings every byte back", async () => {
    await using app = await withInstances(["a", "b", "c"]);
    const { storage } = app.context.disk;
    await storage.writeConfig("b", "{\r\n  logging: { level: 'warn' /* why */ },\r\n}");
    await storage.writeConfig("c", "{ logging: { level: 'debug' } }");
    const ids = ["a", "b", "c"];
    const before = await textsOf(app, ids);
    const job = await app.client.configRollouts.run.mutate({ ids, patch: DEBUG });
    // The one that has it already is left out.
    expect(job).toMatchObject({ instanceIds: ["a", "b"], result: { action: "configure" } });
    expect(await endedAs(app, job)).toEqual({ status: "succeeded", said: { a: true, b: true } });
    expect(await textsOf(app, ids)).toEqual([
      inDebug(before[0] ?? ""),
      '{\r\n  logging: { level: "debug" /* why */ },\r\n}',
      before[2],
    ]);
    const { versions } = await app.client.instances.configHistory.query({ id: "a" });
    expect(versions[0]).toMatchObject({ source: "roll-out", by: "admin", current: true });

    const undo = await app.client.configRollouts.undo.mutate({ id: job.id });
    expect(undo).toMatchObject({
      ...{ instanceIds: ["a", "b"], result: { action: "restoreConfig", undoes: job.id } },
    });
    expect((await endedAs(app, undo)).status).toBe("succeeded");
    expect(await textsOf(app, ids)).toEqual(before);
    await expect(app.client.configRollouts.undo.mutate({ id: job.id })).rejects.toMatchObject({
      data: { reason: "NOTHING_TO_UNDO" },
    });
    // The undo of the undo.
    const redo = await app.client.batches.undo.mutate({ id: undo.id });
    expect((await endedAs(app, redo)).status).toBe("succeeded");
    expect((await textsOf(app, ids))[0]).toBe(inDebug(before[0] ?? ""));
  });

  test("writes none when one of them cannot have the change", async () => {
    await using app = await createTestApp({ timing: { configSchema: OPENCLAW_SCHEMA } });
    for (const id of ["a", "b", "c"])
      await createInstance(app.context, { id, name: id, start: false });
    await app.context.disk.storage.writeConfig("b", "{ broken");
    const before = await textsOf(app, ["a", "b", "c"]);
    const run = (patch: Record<string, unknown>) =>
      app.client.configRollouts.run.mutate({ ids: ["a", "b", "c"], patch });
    await expect(run(DEBUG)).rejects.toMatchObject({
      data: { reason: "CONFIG_INVALID" },
      message: expect.stringMatching(/^1 of 3 cannot .* none was changed\. b: /),
    });
    await app.context.disk.storage.writeConfig("b", before[0] ?? "");
    await expect(run({ gateway: { frobnicate: 1 } })).rejects.toMatchObject({
      data: { reason: "CONFIG_INVALID", issues: [{ path: "gateway" }] },
      message: expect.stringMatching(/^3 of 3 cannot/),
    });
    expect(await textsOf(app, ["a", "c"])).toEqual([before[0], before[2]]);
    expect(await app.client.jobs.list.query()).toEqual([]);
  });

  test("that nobody needs is refused, and so is one for what is not there", async () => {
    await using app = await withInstances(["a"]);
    const run = (ids: string[], patch: Record<string, unknown>) =>
      app.client.configRollouts.run.mutate({ ids, patch });
    await expect(run(["a"], { logging: { level: "info" } })).rejects.toMatchObject({
      data: { reason: "INVALID_INPUT" },
    });
    await expect(run(["a", "nobody"], DEBUG)).rejects.toMatchObject({
      data: { reason: "INSTANCE_NOT_FOUND" },
    });
    await app.context.disk.storage.removeInstance("a");
    await app.context.disk.storage.createInstance("a");
    await expect(run(["a"], DEBUG)).rejects.toMatchObject({ data: { reason: "CONFIG_MISSING" } });
  });

  test("is no action of a batch that anybody asks for without its change", async () => {
    await using app = await withInstances(["a"]);
    for (const action of ["configure", "restoreConfig"])
      await expect(
        app.client.batches.run.mutate({ action, ids: ["a"] } as never),
      ).rejects.toMatchObject({ data: { reason: "INVALID_INPUT" } });
  });

  test("tells no viewer of its job what it changed, nor the audit trail", async () => {
    await using app = await withInstances(["a"]);
    const patch = { channels: { telegram: { botToken: SECRET } } };
    const job = await app.client.configRollouts.run.mutate({ ids: ["a"], patch });
    await endOf(app, job);
    expect(await textOf(app, "a")).toContain(SECRET);
    const { entries } = await app.client.audit.list.query({});
    const { get, list, log } = app.client.jobs;
    const { id } = job;
    const told = [
      job,
      entries,
      await get.query({ id }),
      await log.query({ id }),
      await list.query(),
    ];
    expect(JSON.stringify(told)).not.toContain(SECRET);
    expect(app.logged.join("")).not.toContain(SECRET);
    expect(entries.map(({ action, object }) => [action, object])).toEqual(
      expect.arrayContaining([
        ["configRollouts.run", id],
        ["batches.configure", id],
      ]),
    );
  });

  test("is for one's own instances only, each as the single call", async () => {
    await using app = await withInstances(["theirs"]);
    const mina = await haveUser(app.context.store, "mina", "member");
    app.context.access.people.set(mina);
    await createInstance(app.context, { id: "mine", name: "m", start: false, owner: mina.id });
    const { token } = await signIn(app.context, mina);
    const client = createClawClient({ url: app.url, token });
    const run = (ids: string[]) => client.configRollouts.run.mutate({ ids, patch: DEBUG });
    await expect(run(["mine", "theirs"])).rejects.toMatchObject({
      data: { reason: "INSTANCE_NOT_FOUND" },
    });
    const job = await run(["mine"]);
    expect((await endedAs(app, job)).status).toBe("succeeded");
    const byAdmin = await app.client.configRollouts.run.mutate({ ids: ["theirs"], patch: DEBUG });
    await endOf(app, byAdmin);
    await expect(client.configRollouts.undo.mutate({ id: byAdmin.id })).rejects.toMatchObject({
      data: { reason: "JOB_NOT_FOUND" },
    });
  });
});

describe("a roll-out to instances that run", () => {
  const inWaves = { wave: 1, stopAtFirstFailure: true };

  test("stops at the first whose gateway does not take it, which has its former text again", async () => {
    await using app = await withRunning(["a", "b", "c"]);
    const before = await textsOf(app, ["a", "b", "c"]);
    const job = await app.client.configRollouts.run.mutate({
      ...{ ids: ["a", "b", "c"], patch: DEBUG, options: inWaves },
    });
    await written(app, "a");
    app.engine.write("a", "stdout", "[reload] config hot reload applied (logging.level)");
    await written(app, "b");
    expect(await textOf(app, "c")).toBe(before[2]);
    app.engine.write("b", "stdout", "[reload] config reload skipped (invalid config): logging: no");
    expect(await endedAs(app, job)).toEqual({
      status: "partial",
      said: { a: true, b: "CONFIG_NOT_TAKEN", c: "NOT_BEGUN" },
    });
    const failed = failuresOf(await endOf(app, job)).find(({ id }) => id === "b");
    expect(failed?.message).toMatch(/logging: no\. The former configuration is back\.$/);
    expect(await textsOf(app, ["b", "c"])).toEqual(before.slice(1));

    // Retried for the rest; the text of `b` would be refused again.
    const retry = await app.client.batches.retry.mutate({ id: job.id });
    expect(retry.instanceIds).toEqual(["b", "c"]);
    for (const id of ["b", "c"]) {
      await written(app, id);
      app.engine.write(id, "stdout", "[reload] config hot reload applied (logging.level)");
    }
    expect((await endedAs(app, retry)).status).toBe("succeeded");
    const undo = await app.client.configRollouts.undo.mutate({ id: job.id });
    await eventually(async () => expect(await textOf(app, "a")).toBe(before[0]));
    app.engine.write("a", "stdout", "[reload] config hot reload applied (logging.level)");
    // What the retry wrote is not the first job's to take back.
    expect(await endedAs(app, undo)).toEqual({
      status: "partial",
      said: { a: true, b: "CHANGED_SINCE" },
    });
    expect(await textOf(app, "b")).toContain("debug");
  });

  test("stops at the first that dies of it, and its undo brings the former text back", async () => {
    await using app = await withRunning(["a", "b"]);
    const before = await textsOf(app, ["a", "b"]);
    const job = await app.client.configRollouts.run.mutate({
      ...{ ids: ["a", "b"], patch: DEBUG, options: inWaves },
    });
    await written(app, "a");
    app.engine.killOutside("a", 137);
    expect(await endedAs(app, job)).toEqual({
      status: "failed",
      said: { a: "CONFIG_NOT_TAKEN", b: "NOT_BEGUN" },
    });
    expect(await textOf(app, "a")).toBe(inDebug(before[0] ?? ""));
    await app.client.instances.stop.mutate({ id: "a" });
    const undo = await app.client.configRollouts.undo.mutate({ id: job.id });
    expect(await endedAs(app, undo)).toEqual({ status: "succeeded", said: { a: true } });
    expect(await textsOf(app, ["a", "b"])).toEqual(before);
  });
});
