import { STARTING_LIMIT_MS } from "@claw/core/status";
import { expect, test } from "vitest";
import { backUp, readMark, writeMark } from "../../../../tests/support/restoring.ts";
import {
  createTestPanel,
  homeOfTest,
  TEST_IMAGE,
  TEST_RANGES,
  type TestPanel,
} from "../../../../tests/support/test-app.ts";
import { MemoryEngine } from "../../../engine/memory/memory-engine.ts";
import { createInstance } from "../../instance/create-instance.ts";
import { removeInstance } from "../../instance/remove-instance.ts";
import { restoreBackup } from "./restore-backup.ts";
import { revert } from "./revert.ts";
import { dismissSnapshot, dropExpiredSnapshots, keepRestored, listSnapshots } from "./snapshots.ts";

const MONTH_MS = 30 * 24 * 3_600_000;

/** Lets starts take their whole time, right after the process has begun. */
function takeLong(panel: TestPanel, starts: number) {
  const late = () => {
    panel.host.advance(STARTING_LIMIT_MS);
    if (starts > 1) takeLong(panel, starts - 1);
  };
  panel.faults.onNext("engine.start", late, "after");
}

/** Restored to the mark "slow", with a gateway that lives and does not answer; "new" was replaced. */
async function setUp(
  options: { more?: string[]; removed?: boolean; home?: string; engine?: MemoryEngine } = {},
) {
  const { home, engine } = options;
  const panel = await createTestPanel({ ...(home && { home }), ...(engine && { engine }) });
  const ctx = panel.context;
  const ids = ["anna", ...(options.more ?? [])];
  for (const id of ids) {
    await createInstance(ctx, { id, name: id, start: true });
    await panel.until(id, "running");
  }
  const text = (await ctx.disk.storage.readConfig("anna")) ?? "";
  for (const id of ids) await ctx.disk.storage.writeConfig(id, `// STUB_UNHEALTHY\n${text}`);
  await writeMark(panel.home, "anna", "slow");
  const backup = await backUp(ctx, ids);
  for (const id of ids) await ctx.disk.storage.writeConfig(id, text);
  await writeMark(panel.home, "anna", "new");
  if (options.removed) await removeInstance(ctx, { id: "anna", deleteData: true });
  takeLong(panel, ids.length);
  const { id } = await restoreBackup(ctx, { id: backup.id });
  const job = await ctx.runtime.jobs.finished(id);
  const [copy] = await listSnapshots(ctx);
  return { panel, ctx, job, copy };
}

test("what still starts at its limit is not taken back: somebody is asked", async () => {
  const { panel, ctx, job, copy } = await setUp();
  await using _ = panel;
  expect(job).toMatchObject({
    status: "partial",
    error: null,
    result: {
      restored: [{ from: "anna", id: "anna", snapshotId: copy?.id }],
      failed: [
        {
          ...{ id: "anna", reason: "STILL_STARTING" },
          message: expect.stringContaining("keep it, or revert to its snapshot"),
        },
      ],
    },
  });
  expect(await readMark(panel.home, "anna")).toBe("slow");
  expect((await panel.engine.list("anna")).get("anna")?.state).toBe("running");
  expect(copy).toMatchObject({ undecided: true });
  expect(await ctx.store.listReplacements()).toEqual([]);
  // The question has no end of its own.
  panel.host.advance(MONTH_MS);
  await dropExpiredSnapshots(ctx);
  expect(await listSnapshots(ctx)).toEqual([copy]);
});

test("the question outlives the panel", async () => {
  const home = await homeOfTest();
  await using engine = new MemoryEngine({
    home,
    ranges: TEST_RANGES,
    images: [TEST_IMAGE],
    startDelayMs: 5,
  });
  const first = await setUp({ home, engine });
  await first.panel[Symbol.asyncDispose]();
  await using panel = await createTestPanel({ home, engine });
  await dropExpiredSnapshots(panel.context);
  expect(await listSnapshots(panel.context)).toEqual([first.copy]);
  expect(await readMark(home, "anna")).toBe("slow");
  expect((await engine.list("anna")).get("anna")?.state).toBe("running");
});

test("it goes back when somebody wants that", async () => {
  const { panel, ctx, copy } = await setUp();
  await using _ = panel;
  const { id } = await revert(ctx, copy?.id ?? "");
  expect(await ctx.runtime.jobs.finished(id)).toMatchObject({ status: "succeeded" });
  expect(await readMark(panel.home, "anna")).toBe("new");
  await panel.until("anna", "running");
  expect(await listSnapshots(ctx)).toMatchObject([{ undecided: false }]);
});

test("it is kept when somebody wants that; what it replaced is a snapshot of 7 days from then on", async () => {
  const { panel, ctx, copy } = await setUp();
  await using _ = panel;
  panel.host.advance(MONTH_MS);
  await keepRestored(ctx, copy?.id ?? "");
  const [kept] = await listSnapshots(ctx);
  expect(kept).toMatchObject({ id: copy?.id, undecided: false });
  expect(Date.parse(kept?.expiresAt ?? "")).toBeGreaterThan(panel.host.now());
  expect(await readMark(panel.home, "anna")).toBe("slow");
  panel.host.advance(MONTH_MS);
  await dropExpiredSnapshots(ctx);
  expect(await listSnapshots(ctx)).toEqual([]);
});

test("it has come up after all: nothing is left to decide", async () => {
  const { panel, ctx, copy } = await setUp();
  await using _ = panel;
  const text = (await ctx.disk.storage.readConfig("anna")) ?? "";
  await ctx.disk.storage.writeConfig("anna", text.replace("STUB_UNHEALTHY", ""));
  await ctx.engine.stop("anna");
  await ctx.engine.start("anna");
  panel.host.advance(MONTH_MS);
  await panel.until("anna", "running");
  const [listed] = await listSnapshots(ctx);
  expect(listed).toMatchObject({ id: copy?.id, undecided: false });
  expect(Date.parse(listed?.expiresAt ?? "")).toBeGreaterThan(panel.host.now());
  await dropExpiredSnapshots(ctx);
  expect(await listSnapshots(ctx)).toMatchObject([{ id: copy?.id, undecided: false }]);
  await dismissSnapshot(ctx, copy?.id ?? "");
});

test("one that was not there before, and still starts, stays too", async () => {
  const { panel, job, copy } = await setUp({ removed: true });
  await using _ = panel;
  expect(job).toMatchObject({
    status: "partial",
    result: { failed: [{ id: "anna", reason: "STILL_STARTING" }] },
  });
  expect(copy).toBeUndefined();
  expect(await readMark(panel.home, "anna")).toBe("slow");
});

test("after one that still starts no further one is taken down", async () => {
  const { panel, job } = await setUp({ more: ["ben", "carl", "dora"] });
  await using _ = panel;
  expect(job.status).toBe("partial");
  expect(job.result).toMatchObject({
    failed: expect.arrayContaining([
      expect.objectContaining({ reason: "STILL_STARTING" }),
      expect.objectContaining({ id: "dora", reason: "START_FAILED" }),
    ]),
  });
  expect(panel.context.runtime.live.board.get("dora").status).toBe("running");
});
