import { restoreTestId } from "@claw/core/naming";
import { expect, test } from "vitest";
import { unreachable } from "../../../../tests/support/faulty-engine.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { deployRestoreTest, removeRestoreTest, sweepRestoreTests } from "./restore-tests.ts";

const trial = (jobId: string) => ({
  jobId,
  staged: `trial-${jobId}`,
  image: "openclaw:test",
  timezone: "UTC",
});

test("what restore tests have left is swept, one that goes on is not", async () => {
  await using panel = await createTestPanel();
  const ctx = panel.context;
  const ends = Promise.withResolvers<null>();
  const { id } = await ctx.runtime.jobs.begin({
    kind: "test-restore",
    instanceId: null,
    work: () => ends.promise,
  });
  for (const jobId of ["0dead", "1dead", id]) await deployRestoreTest(ctx, trial(jobId));
  await ctx.engine.start(restoreTestId("0dead"));
  await sweepRestoreTests(ctx);
  expect([...(await panel.engine.list()).keys()]).toEqual([restoreTestId(id)]);
  ends.resolve(null);
  await ctx.runtime.jobs.finished(id);
  await sweepRestoreTests(ctx);
  expect((await panel.engine.list()).size).toBe(0);
});

test("one that cannot be removed keeps nobody from anything, and is swept the next time", async () => {
  await using panel = await createTestPanel();
  const ctx = panel.context;
  for (const jobId of ["0dead", "1dead"]) await deployRestoreTest(ctx, trial(jobId));
  panel.faults.failNext("engine.remove", unreachable());
  await sweepRestoreTests(ctx);
  expect((await panel.engine.list()).size).toBe(1);
  panel.faults.failNext("engine.stop", unreachable());
  await removeRestoreTest(ctx, "0dead", "trial-0dead");
  expect(panel.logged.join("")).toContain("removed when Docker answers");
  await sweepRestoreTests(ctx);
  expect((await panel.engine.list()).size).toBe(0);
});
