import { expect, test } from "vitest";
import { endOf, run, withInstances } from "../../../tests/support/batches.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { userOf, viewerOf } from "../../../tests/support/sign-in.ts";
import { pauseBatch, resumeBatch } from "./pause-batch.ts";

const ADMIN = viewerOf(userOf({ role: "administrator" }));
const MEMBER = viewerOf(userOf({ role: "member" }));

test("a batch is paused and resumed, each as often as anybody likes, and neither when it is over", async () => {
  await using app = await withInstances(["a", "b"]);
  const stop = app.faults.pauseNext("engine.stop");
  const job = await run(app, { action: "stop", ids: ["a", "b"], options: { wave: 1 } });
  await stop.reached;
  for (let times = 0; times < 2; times++)
    expect((await pauseBatch(app.context, job.id)).result.paused).toBe(true);
  for (let times = 0; times < 2; times++)
    expect((await resumeBatch(app.context, job.id, ADMIN)).result.paused).toBe(false);
  stop.resume();
  expect((await endOf(app, job)).status).toBe("succeeded");
  for (const call of [pauseBatch(app.context, job.id), resumeBatch(app.context, job.id, ADMIN)]) {
    const { message } = await rejects(call, "JOB_FINISHED");
    expect(message).toContain("succeeded");
  }
  const log = (await app.context.runtime.jobs.log(job.id)).map(({ text }) => text);
  expect(log.filter((text) => /paused|resumed/.test(text))).toEqual(["paused", "resumed"]);
});

test("only who may do what it does lets it continue", async () => {
  await using app = await withInstances(["a"]);
  const stop = app.faults.pauseNext("engine.stop");
  const job = await run(app, { action: "remove", ids: ["a"] });
  await stop.reached;
  await pauseBatch(app.context, job.id);
  await rejects(resumeBatch(app.context, job.id, MEMBER), "FORBIDDEN");
  expect((await resumeBatch(app.context, job.id, ADMIN)).result.paused).toBe(false);
  stop.resume();
  await endOf(app, job);
});
