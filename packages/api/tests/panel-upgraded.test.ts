import { rm } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { createInstance } from "../src/services/instance/create-instance.ts";
import { reconcile } from "../src/services/instance/reconcile.ts";
import { restartInstance } from "../src/services/instance/restart-instance.ts";
import { startInstance } from "../src/services/instance/start-instance.ts";
import { eventually } from "./support/deadline.ts";
import { olderTemplates } from "./support/older-templates.ts";
import { createTestPanel, type TestPanel } from "./support/test-app.ts";
import { expectWhole } from "./support/wholeness.ts";

const RUNNING = ["a", "b", "c", "d", "e"];

const containers = async (panel: TestPanel) =>
  [...(await panel.engine.list())].map(([id, { containerId }]) => [id, containerId]);
const pending = (panel: TestPanel) =>
  panel.context.runtime.live.board.list().map(({ id, pendingChange }) => [id, pendingChange]);

/** A panel of another release, with five instances that run and one that does not. */
async function before() {
  const panel = await createTestPanel();
  const templates = await olderTemplates(path.join(panel.home, "older"));
  const older = await createTestPanel({
    home: panel.home,
    engine: panel.engine,
    config: { templates },
  });
  for (const id of RUNNING) {
    await createInstance(older.context, { id, name: id, start: true });
    await older.until(id, "running");
  }
  await createInstance(older.context, { id: "f", name: "f", start: false });
  expect(pending(older)).toEqual([...RUNNING, "f"].map((id) => [id, null]));
  older.faults.die();
  await rm(templates, { recursive: true });
  return {
    panel,
    made: await containers(panel),
    [Symbol.asyncDispose]: () => dispose(older, panel),
  };
}

async function dispose(...panels: TestPanel[]): Promise<void> {
  for (const panel of panels) await panel[Symbol.asyncDispose]();
}

test("an upgrade of the panel leaves every container alone, and says which have a change pending", async () => {
  await using old = await before();
  const { home, engine } = old.panel;
  await using panel = await createTestPanel({ home, engine });
  await eventually(() =>
    expect(pending(panel)).toEqual([...RUNNING, "f"].map((id) => [id, "definition"])),
  );
  for (let time = 0; time < 2; time++) await reconcile(panel.context);
  expect(await containers(panel)).toEqual(old.made);
  for (const id of RUNNING) expect(panel.context.runtime.live.board.get(id).status).toBe("running");
});

test("what is pending is applied at the restart or start that somebody asks for, to nobody else", async () => {
  await using old = await before();
  const { home, engine } = old.panel;
  await using panel = await createTestPanel({ home, engine });
  await restartInstance(panel.context, "a");
  await startInstance(panel.context, "f");
  for (const id of ["a", "f"]) {
    await panel.until(id, "running");
    await expectWhole(panel, id);
  }
  expect(pending(panel).filter(([, change]) => change === null)).toEqual([
    ["a", null],
    ["f", null],
  ]);
  const kept = (await containers(panel)).filter(([id]) => id !== "a" && id !== "f");
  expect(kept).toEqual(old.made.filter(([id]) => id !== "a" && id !== "f"));
});
