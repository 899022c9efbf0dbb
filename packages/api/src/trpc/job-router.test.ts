import type { JobEvent } from "@claw/core/job";
import { expect, test } from "vitest";
import { eventually } from "../../tests/support/deadline.ts";
import { haveUser, signIn } from "../../tests/support/sign-in.ts";
import { createTestApp } from "../../tests/support/test-app.ts";
import { createClawClient } from "../client.ts";
import { createInstance } from "../services/instance/create-instance.ts";

test.each([
  "client",
  "sse",
] as const)("a job is watched over %s, looked up and cancelled", async (way) => {
  await using app = await createTestApp();
  const seen: string[] = [];
  const subscription = app[way].jobs.watch.subscribe(undefined, {
    onData: (event) =>
      seen.push(event.type === "snapshot" ? `snapshot ${event.jobs.length}` : event.job.status),
  });
  await eventually(() => expect(seen).toEqual(["snapshot 0"]));
  const { id } = await app.context.runtime.jobs.begin({
    kind: "init",
    instanceId: "anna",
    work: ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  });
  expect(await app.client.jobs.get.query({ id })).toMatchObject({ id, status: "running" });
  expect(await app.client.jobs.list.query()).toMatchObject([{ id }]);
  expect((await app.client.jobs.cancel.mutate({ id })).status).toBe("cancelled");
  await eventually(() => expect(seen.at(-1)).toBe("cancelled"));
  await expect(app.client.jobs.cancel.mutate({ id })).rejects.toMatchObject({
    data: { code: "CONFLICT", reason: "JOB_FINISHED" },
  });
  subscription.unsubscribe();
});

test("the record of a batch has all that an undo needs, and its events do without", async () => {
  await using app = await createTestApp();
  const ids = ["anna", "ben"];
  for (const id of ids) await createInstance(app.context, { id, name: id, start: false });
  const events: JobEvent[] = [];
  const watch = () =>
    app.client.jobs.watch.subscribe(undefined, { onData: (event) => events.push(event) });
  const subscription = watch();
  await eventually(() => expect(events).toHaveLength(1));
  const { id } = await app.client.batches.run.mutate({
    action: "label",
    instances: ids.map((each) => ({ id: each, group: "staff" })),
  });
  const statuses = () => events.flatMap((each) => ("job" in each ? [each.job.status] : []));
  await eventually(() => expect(statuses().at(-1)).toBe("succeeded"));
  subscription.unsubscribe();
  const later = watch();
  await eventually(() => expect(events.at(-1)?.type).toBe("snapshot"));
  later.unsubscribe();
  const jobs = events.flatMap((each) => ("job" in each ? [each.job] : each.jobs));
  for (const { result } of jobs) {
    expect(result ?? {}).not.toHaveProperty("before");
    expect(result ?? {}).not.toHaveProperty("request");
  }
  expect(jobs.at(-1)?.result).toMatchObject({ results: [{ ok: true }, { ok: true }] });
  expect((await app.client.jobs.get.query({ id })).result).toMatchObject({
    before: [{ group: null }, { group: null }],
    request: { action: "label" },
  });
  const undo = await app.client.batches.undo.mutate({ id });
  expect((await app.context.runtime.jobs.finished(undo.id)).status).toBe("succeeded");
  const { board } = app.context.runtime.live;
  expect(ids.map((each) => board.get(each).group)).toEqual([null, null]);
});

test("who begins a job sees it from the first answer on, also while it waits for its turn", async () => {
  await using app = await createTestApp();
  const { context } = app;
  const mina = await haveUser(context.store, "mina", "member");
  context.access.people.set(mina);
  await createInstance(context, { id: "mine", name: "x", start: false, owner: mina.id });
  await createInstance(context, { id: "other", name: "x", start: false });
  const { token } = await signIn(context, mina);
  const member = createClawClient({ url: app.url, token });
  // Before anything is told of how far it is.
  const measuring = app.faults.pauseNext("storage.measure");
  const first = await app.client.backups.create.mutate({});
  const own = await member.backups.create.mutate({ instanceIds: ["mine"] });
  expect([first.status, own.status]).toEqual(["running", "queued"]);
  expect(await member.jobs.get.query({ id: own.id })).toMatchObject({ status: "queued" });
  expect((await member.jobs.list.query()).map(({ id }) => id)).toEqual([own.id]);
  await expect(member.jobs.get.query({ id: first.id })).rejects.toMatchObject({
    data: { reason: "JOB_NOT_FOUND" },
  });
  for (let time = 0; time < 20; time++)
    await expect(member.backups.create.mutate({ instanceIds: ["mine"] })).rejects.toMatchObject({
      data: { reason: "BUSY" },
      message: expect.stringMatching(/limit is 1/),
    });
  measuring.resume();
  for (const { id } of [first, own])
    expect(await context.runtime.jobs.finished(id)).toMatchObject({ status: "succeeded" });
  const [latest] = await context.store.listBackups();
  expect(latest).toMatchObject({ createdBy: "mina", instances: [{ id: "mine" }] });
});

test("a job that is not there is told so", async () => {
  await using app = await createTestApp();
  await expect(app.client.jobs.get.query({ id: "x" })).rejects.toMatchObject({
    data: { code: "NOT_FOUND", reason: "JOB_NOT_FOUND" },
  });
  await expect(app.client.jobs.get.query({ id: "x".repeat(65) })).rejects.toMatchObject({
    data: { code: "BAD_REQUEST", reason: "INVALID_INPUT" },
  });
});
