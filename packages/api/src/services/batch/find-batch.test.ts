import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { jobOf } from "../../../tests/support/specs.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { findBatch } from "./find-batch.ts";

test("only a batch with a readable result is found", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  const result = { action: "stop" as const, deleteData: false, results: [], underWay: [] };
  const jobs = [
    jobOf({ id: "batch", kind: "batch", status: "succeeded", result }),
    jobOf({ id: "damaged", kind: "batch", status: "succeeded", result: null }),
    jobOf({ id: "backup", kind: "backup", status: "succeeded", result: null }),
  ];
  for (const job of jobs) await context.store.saveJob(job);
  expect(await findBatch(context, "batch")).toMatchObject({ id: "batch", result });
  for (const id of ["damaged", "backup", "none"])
    await rejects(findBatch(context, id), "JOB_NOT_FOUND");
});
