import type { BatchRequest } from "@claw/core/batch-request";
import type { BatchJob } from "@claw/core/job";
import { findBatch } from "../../src/services/batch/find-batch.ts";
import { createInstance } from "../../src/services/instance/create-instance.ts";
import { createTestApp, type TestApp } from "./test-app.ts";

/** An app with stopped instances. */
export async function withInstances(ids: readonly string[]): Promise<TestApp> {
  const app = await createTestApp();
  for (const id of ids) await createInstance(app.context, { id, name: id, start: false });
  return app;
}

type Batch = Pick<BatchJob, "id">;

export const run = (app: TestApp, request: BatchRequest) => app.client.batches.run.mutate(request);
export const endOf = (app: TestApp, { id }: Batch) => app.context.runtime.jobs.finished(id);
export const resultOf = async (app: TestApp, { id }: Batch) =>
  (await findBatch(app.context, id)).result;

/** The instances that are to run. */
export const running = (app: TestApp) =>
  app.context.runtime.live.board.list().filter(({ desired }) => desired === "running");
