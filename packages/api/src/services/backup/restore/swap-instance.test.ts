import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { eventually } from "../../../../tests/support/deadline.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { backUp, readMark, writeMark } from "../../../../tests/support/restoring.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { createInstance } from "../../instance/create-instance.ts";
import { recheckFile } from "../../instance/follow-saved.ts";
import { readConfig } from "../../instance/read-config.ts";
import { removeInstance } from "../../instance/remove-instance.ts";
import type { ReplaceOptions } from "../../instance/replace/replacement.ts";
import { saveConfig } from "../../instance/save-config.ts";
import { startInstance } from "../../instance/start-instance.ts";
import { swapInstance } from "./swap-instance.ts";

async function setUp() {
  const panel = await createTestPanel();
  const ctx = panel.context;
  await createInstance(ctx, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  await writeMark(panel.home, "anna", "old");
  const { filename, id } = await backUp(ctx, ["anna"]);
  await writeMark(panel.home, "anna", "new");
  const stage = { filename, from: "anna", staged: "staged" };
  await ctx.disk.archives.unpack(stage, { signal: new AbortController().signal });
  const phases: string[] = [];
  const swap = (options: Partial<ReplaceOptions> = {}) =>
    swapInstance(
      ctx,
      {
        id: "anna",
        jobId: "j1",
        backupId: id,
        staged: "staged",
        kept: "kept",
        portBefore: null,
        isCopy: false,
        there: ctx.runtime.live.board.subjectsOf(["anna"])[0]?.uid ?? null,
        allocate: () => Promise.reject(new Error("it is there")),
        reverted: null,
      },
      {
        signal: new AbortController().signal,
        mayBegin: () => true,
        onPhase: (phase) => phases.push(phase),
        onDown: () => phases.push("down"),
        onUp: () => phases.push("up"),
        ...options,
      },
    );
  return { panel, ctx, swap, phases };
}

test("a swap is stopped, renamed and started, and tells so", async () => {
  const { panel, ctx, swap, phases } = await setUp();
  await using _ = panel;
  expect(await swap()).toEqual({ snapshotId: expect.any(String), late: null });
  expect(await ctx.store.listSnapshots()).toMatchObject([{ instanceId: "anna", kept: "kept" }]);
  expect(phases).toEqual(["stopping", "down", "swapping", "starting", "up"]);
  expect(await readMark(panel.home, "anna")).toBe("old");
});

test("meanwhile nobody else does anything with the instance, and the page says what is done", async () => {
  const { panel, ctx, swap } = await setUp();
  await using _ = panel;
  const swapping = panel.faults.pauseNext("storage.swapIn");
  const done = swap();
  await swapping.reached;
  await rejects(startInstance(ctx, "anna"), "BUSY");
  expect(ctx.runtime.live.board.get("anna").statusDetail?.code).toBe("RESTORING");
  swapping.resume();
  await done;
});

test("it waits for who works on the instance, and for a place; given up before, nothing is done", async () => {
  const { panel, ctx, swap, phases } = await setUp();
  await using _ = panel;
  const others = Promise.withResolvers<void>();
  const working = ctx.runtime.live.locks.exclusive("anna", "saving", () => others.promise);
  let may = true;
  const waiting = swap({ mayBegin: () => may });
  may = false;
  others.resolve();
  await working;
  await rejects(waiting, "CANCELLED");

  const places = Promise.withResolvers<void>();
  const taken = ["x", "y"].map((id) => ctx.runtime.live.starts.take(id, () => places.promise));
  const abort = new AbortController();
  const cancelled = swap({ signal: abort.signal });
  abort.abort(new DomainError("CANCELLED", "The job was cancelled."));
  await rejects(cancelled, "CANCELLED");
  places.resolve();
  await Promise.all(taken);
  expect(phases).toEqual([]);
  expect(await readMark(panel.home, "anna")).toBe("new");
});

test("an instance whose deletion has begun is not restored", async () => {
  const { panel, ctx, swap } = await setUp();
  await using _ = panel;
  panel.faults.onNext("storage.removeInstance", () => panel.engine.setReachable(false), "after");
  panel.faults.failNext("store.deleteInstance");
  await removeInstance(ctx, { id: "anna", deleteData: true }).catch(() => undefined);
  await rejects(swap(), "BUSY");
  panel.engine.setReachable(true);
  await eventually(async () => expect(await ctx.store.findInstance("anna")).toBeNull());
});

test("a configuration that was saved while it waited is replaced on purpose, which is no loss", async () => {
  const { panel, ctx, swap } = await setUp();
  await using _ = panel;
  const { text, revision } = await readConfig(ctx, "anna");
  const saving = panel.faults.pauseNext("storage.writeConfig");
  const edited = text.replace('level: "info"', 'level: "debug"');
  expect(edited).not.toBe(text);
  const saved = saveConfig(ctx, { id: "anna", text: edited, revision });
  await saving.reached;
  const done = swap();
  saving.resume();
  await saved;
  await done;
  expect(await recheckFile(ctx, "anna")).not.toContain('level: "debug"');
  expect(ctx.runtime.live.saved.find("anna")).toBeNull();
});
