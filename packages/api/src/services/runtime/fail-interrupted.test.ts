import { expect, test } from "vitest";
import { jobOf } from "../../../tests/support/specs.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { failInterrupted } from "./fail-interrupted.ts";

test("a job that the panel did not end has failed, and keeps what it told", async () => {
  await using panel = await createTestPanel();
  const { store, host } = panel.context;
  const stop = { action: "stop" as const, deleteData: false };
  const result = { ...stop, results: [{ id: "a", ok: true }], underWay: ["b"] };
  await store.saveJob(jobOf({ id: "cut", kind: "batch", result: { ...result, paused: true } }));
  await store.saveJob(jobOf({ id: "over", status: "succeeded" }));
  await failInterrupted(store, host);
  expect(await store.findJob("cut")).toMatchObject({
    ...{ status: "failed", error: { reason: "INTERRUPTED" } },
    result: { ...result, paused: false },
    finishedAt: expect.any(String),
  });
  expect(await store.findJob("over")).toMatchObject({ status: "succeeded", error: null });
});
