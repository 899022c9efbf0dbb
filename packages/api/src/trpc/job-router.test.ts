import { expect, test } from "vitest";
import { eventually } from "../../tests/support/deadline.ts";
import { createTestApp } from "../../tests/support/test-app.ts";

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
  const { id } = await app.context.jobs.begin({
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

test("a job that is not there is told so", async () => {
  await using app = await createTestApp();
  await expect(app.client.jobs.get.query({ id: "x" })).rejects.toMatchObject({
    data: { code: "NOT_FOUND", reason: "JOB_NOT_FOUND" },
  });
  await expect(app.client.jobs.get.query({ id: "x".repeat(65) })).rejects.toMatchObject({
    data: { code: "BAD_REQUEST", reason: "INVALID_INPUT" },
  });
});
