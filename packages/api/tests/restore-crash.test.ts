import { readdir } from "node:fs/promises";
import path from "node:path";
import { isRestoreTestId } from "@claw/core/naming";
import { expect, test } from "vitest";
import type { AppContext } from "../src/context.ts";
import { restoreBackup } from "../src/services/backup/restore/restore-backup.ts";
import { revert } from "../src/services/backup/restore/revert.ts";
import { testRestore } from "../src/services/backup/restore/test-restore.ts";
import { createInstance } from "../src/services/instance/create-instance.ts";
import { removeInstance } from "../src/services/instance/remove-instance.ts";
import { eventually } from "./support/deadline.ts";
import { killedAt } from "./support/killed-panel.ts";
import { backUp, readMark, succeeded, writeMark } from "./support/restoring.ts";
import { atCallsOf, type Disturbed } from "./support/sample.ts";
import { createTestPanel, type TestPanel } from "./support/test-app.ts";
import { expectWhole } from "./support/wholeness.ts";

interface Story {
  /** After all was set up: anna runs with the data "new", and is in the backup with "old". */
  prepare?: (ctx: AppContext, backupId: string) => Promise<unknown>;
  begin: (ctx: AppContext, backupId: string) => Promise<{ id: string }>;
  id: string;
  /** Data with which it may be found running afterwards, or gone; the first is how it was before. */
  after: string[];
  /** Snapshots afterwards, by the data that is found running. */
  copies: Record<string, number>;
}

const restored = (ctx: AppContext, id: string) => restoreBackup(ctx, { id });
const done = async (ctx: AppContext, id: string) =>
  succeeded(ctx, await restoreBackup(ctx, { id }));
const reverted = async (ctx: AppContext) => {
  const [copy] = await ctx.store.listSnapshots();
  return revert(ctx, copy?.id ?? "");
};

const STORIES: Record<string, Story> = {
  "a restore of an instance that runs": {
    begin: restored,
    id: "anna",
    after: ["new", "old"],
    copies: { new: 0, old: 1 },
  },
  "a restore of an instance that is gone": {
    prepare: (ctx) => removeInstance(ctx, { id: "anna", deleteData: true }),
    begin: restored,
    id: "anna",
    after: ["gone", "old"],
    copies: { gone: 0, old: 0 },
  },
  "a copy": {
    begin: (ctx, id) =>
      restoreBackup(ctx, { id, copies: [{ from: "anna", id: "copy", name: "Copy" }] }),
    id: "copy",
    after: ["gone", "old"],
    copies: { gone: 0, old: 0 },
  },
  "a snapshot that is reverted": {
    prepare: done,
    begin: reverted,
    id: "anna",
    after: ["old", "new"],
    copies: { new: 1, old: 1 },
  },
  "a snapshot of an instance that is gone": {
    prepare: async (ctx, id) => {
      await done(ctx, id);
      await removeInstance(ctx, { id: "anna", deleteData: true });
    },
    begin: reverted,
    id: "anna",
    after: ["gone", "new"],
    copies: { gone: 1, new: 0 },
  },
  "a backup that is tried out": {
    begin: (ctx, id) => testRestore(ctx, { id }),
    id: "anna",
    after: ["new"],
    copies: { new: 0 },
  },
};

async function setUp(panel: TestPanel, story: Story): Promise<string> {
  const ctx = panel.context;
  for (const id of ["anna", "ben"]) {
    await createInstance(ctx, { id, name: id, start: true });
    await panel.until(id, "running");
  }
  await writeMark(panel.home, "anna", "old");
  const backup = await backUp(ctx, ["anna"]);
  await writeMark(panel.home, "anna", "new");
  await story.prepare?.(ctx, backup.id);
  return backup.id;
}

/** How it is when nothing more will be done. */
async function outcome(panel: TestPanel, { id, copies }: Story): Promise<string> {
  const { store } = panel.context;
  expect(await store.listReplacements()).toEqual([]);
  const spec = await store.findInstance(id);
  let result = "gone";
  if (spec === null) {
    expect(panel.context.runtime.live.board.find(id)).toBeNull();
    expect((await panel.engine.list(id)).size).toBe(0);
    expect(await panel.context.disk.storage.hasInstance(id)).toBe(false);
  } else {
    await expectWhole(panel, id);
    expect((await panel.engine.list(id)).get(id)).toMatchObject({ health: "healthy" });
    result = (await readMark(panel.home, id)) ?? "no data";
  }
  const kept = (await store.listSnapshots()).map((copy) => `.kept-${copy.kept}`);
  expect(kept.length, result).toBe(copies[result]);
  const folders = (await readdir(path.join(panel.home, "instances"))).filter((name) =>
    name.startsWith("."),
  );
  expect(folders.sort()).toEqual(kept.sort());
  return result;
}

/** Lets the panel die before its call number `n`. */
const dieAt = (n: number, story: Story, seen: Set<string>) =>
  killedAt(n, {
    prepare: (panel) => setUp(panel, story),
    act: async ({ context }, backupId) => {
      const { id } = await story.begin(context, backupId);
      return context.runtime.jobs.finished(id);
    },
    outcome: (panel) => outcome(panel, story),
    async check(panel, result, told) {
      expect(story.after, told).toContain(result);
      seen.add(result);
      expect([...(await panel.engine.list()).keys()].filter(isRestoreTestId)).toEqual([]);
      await panel.until("ben", "running");
      await expectWhole(panel, "ben");
      if (result === "gone" && story.id !== "anna") await expectWhole(panel, "anna");
      expect(panel.context.runtime.live.observer.orphans()).toEqual([]);
    },
  });

test.each(Object.entries(STORIES))(
  "killed at any call of: %s",
  { timeout: 300_000 },
  async (name, story) => {
    const seen = new Set<string>();
    const calls = await atCallsOf(`killed: ${name}`, 10, (n) => dieAt(n, story, seen));
    expect(calls).toBeGreaterThan(10);
    expect([...seen].sort()).toEqual([...story.after].sort());
  },
);

/** Cancels the job at its call number `n`. */
async function cancelAt(n: number, story: Story, seen: Set<string>): Promise<Disturbed> {
  await using panel = await createTestPanel({
    timing: { startDelayMs: 5, heartbeatMs: 600_000 },
  });
  const { jobs } = panel.context.runtime;
  const running = () => jobs.running("restore") ?? jobs.running("test-restore");
  const backupId = await setUp(panel, story);
  let begun: { id: string } | null = null;
  let wasMet = false;
  panel.faults.onCall(n, () => {
    // Later calls come from this test.
    const job = running();
    if (begun && !job) return;
    wasMet = true;
    if (job) jobs.cancel(job.id).catch(() => undefined);
  });
  begun = await story.begin(panel.context, backupId);
  const { status } = await jobs.finished(begun.id);
  const calls = panel.faults.calls.length;
  const result = await eventually(() => outcome(panel, story));
  expect([...(await panel.engine.list()).keys()].filter(isRestoreTestId)).toEqual([]);
  await expectWhole(panel, "ben");
  if (wasMet) seen.add(`${status}: ${result}`);
  return { calls, over: !wasMet };
}

test.each(Object.entries(STORIES))(
  "cancelled at any call of: %s",
  { timeout: 120_000 },
  async (name, story) => {
    const seen = new Set<string>();
    await atCallsOf(`cancelled: ${name}`, 10, (n) => cancelAt(n, story, seen));
    const [before, after = before] = story.after;
    expect([...seen].sort()).toEqual([`cancelled: ${before}`, `succeeded: ${after}`]);
  },
);
