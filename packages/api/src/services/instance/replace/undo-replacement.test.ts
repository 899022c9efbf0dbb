import { describe, expect, test } from "vitest";
import { unreachable } from "../../../../tests/support/faulty-engine.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { backUp, readMark, writeMark } from "../../../../tests/support/restoring.ts";
import { replacementOf } from "../../../../tests/support/specs.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { expectGone } from "../../../../tests/support/wholeness.ts";
import { listConfigVersions } from "../config-history.ts";
import { createInstance } from "../create-instance.ts";
import { readConfig } from "../read-config.ts";
import { undoReplacement } from "./undo-replacement.ts";

async function setUp() {
  const panel = await createTestPanel();
  const ctx = panel.context;
  await createInstance(ctx, { id: "anna", name: "Anna", start: false });
  await writeMark(panel.home, "anna", "old");
  const { filename } = await backUp(ctx, ["anna"]);
  await writeMark(panel.home, "anna", "new");
  const data = { staged: "anna-j1", kept: "anna-j1", reverted: null };
  const entry = replacementOf({ data, specBefore: await ctx.store.findInstance("anna") });
  await ctx.store.insertReplacement(entry);
  const stage = { filename, from: "anna", staged: data.staged };
  await ctx.disk.archives.unpack(stage, { signal: new AbortController().signal });
  const swapIn = () => ctx.disk.storage.swapIn("anna", data.staged, data.kept);
  return { panel, ctx, entry, swapIn };
}

describe("replaced data that is put back", () => {
  test("leaves the former data and no entry, and can be undone again", async () => {
    const { panel, ctx, entry, swapIn } = await setUp();
    await using _ = panel;
    await swapIn();
    expect(await readMark(panel.home, "anna")).toBe("old");
    for (let times = 0; times < 2; times++) {
      await undoReplacement(ctx, entry);
      expect(await readMark(panel.home, "anna")).toBe("new");
      expect(await ctx.store.listReplacements()).toEqual([]);
    }
  });

  test("before it touched the folders needs no engine", async () => {
    const { panel, ctx, entry } = await setUp();
    await using _ = panel;
    panel.engine.setReachable(false);
    await rejects(undoReplacement(ctx, entry), "ENGINE_UNREACHABLE");
    expect(await ctx.store.listReplacements()).toEqual([entry]);
    await undoReplacement(ctx, entry, { untouched: true });
    expect(await ctx.store.listReplacements()).toEqual([]);
    expect(await readMark(panel.home, "anna")).toBe("new");
  });

  test("keeps its entry as long as one step did not work", async () => {
    const { panel, ctx, entry, swapIn } = await setUp();
    await using _ = panel;
    await swapIn();
    for (const step of ["engine.stop", "storage.swapBack", "store.finishReplacement"]) {
      panel.faults.failNext(step, unreachable());
      await rejects(undoReplacement(ctx, entry), "ENGINE_UNREACHABLE");
      expect(await ctx.store.listReplacements()).toEqual([entry]);
    }
    await undoReplacement(ctx, entry);
    expect(await readMark(panel.home, "anna")).toBe("new");
  });

  test("is a version of the restore in its history, though somebody looks before it is over", async () => {
    const { panel, ctx, entry, swapIn } = await setUp();
    await using _ = panel;
    await ctx.disk.storage.writeConfig("anna", "{ later: 1 }");
    await readConfig(ctx, "anna");
    await swapIn();
    panel.faults.onNext(
      "storage.swapBack",
      async () => expect(await readConfig(ctx, "anna")).toMatchObject({ text: "{ later: 1 }" }),
      "after",
    );
    await undoReplacement(ctx, entry);
    const { versions } = await listConfigVersions(ctx, { id: "anna", limit: 10 });
    expect(versions[0]).toMatchObject({ source: "restore", by: null, current: true });
  });

  test("of an instance that was not there leaves nothing of it", async () => {
    const { panel, ctx, entry, swapIn } = await setUp();
    await using _ = panel;
    await ctx.disk.storage.removeInstance("anna");
    await swapIn();
    await undoReplacement(ctx, { ...entry, specBefore: null });
    await expectGone(panel, "anna");
  });
});
