import { cp, rename } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { eventually, settled } from "../../../tests/support/deadline.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { restartInstance } from "../instance/restart-instance.ts";

const IDS = ["anna", "ben"];

async function setUp() {
  const panel = await createTestPanel();
  for (const id of IDS) {
    await createInstance(panel.context, { id, name: id, start: true });
    await panel.until(id, "running");
  }
  panel.faults.record();
  return panel;
}

const looks = (panel: TestPanel) =>
  panel.faults.calls.filter(({ method }) => method === "engine.exec").map(({ args }) => args[0]);

/** Lets the panel look, and waits until it has and sleeps again. */
async function look(panel: TestPanel): Promise<void> {
  const seen = () =>
    panel.faults.calls.filter(({ method }) => method === "storage.dataFolder").length;
  const before = seen();
  const { asleep } = panel.host;
  panel.host.advance(20_000);
  await eventually(() => expect(seen()).toBe(before + IDS.length));
  await eventually(() => {
    for (const id of IDS) expect(panel.context.runtime.live.locks.current(id)).toBeNull();
  });
  // Time that passes before it sleeps again wakes nobody.
  await eventually(() => expect(panel.host.asleep).toBe(asleep));
  await settled();
}

test("a container is looked into once a run, not at every turn", async () => {
  await using panel = await setUp();
  for (let turn = 0; turn < 3; turn++) await look(panel);
  await eventually(() => expect(looks(panel)).toEqual(IDS));
  await restartInstance(panel.context, "ben");
  await panel.until("ben", "running");
  for (let turn = 0; turn < 2; turn++) await look(panel);
  await eventually(() => expect(looks(panel)).toEqual([...IDS, "ben"]));
});

test("a folder that is replaced is told within half a minute, and of its instance alone", async () => {
  await using panel = await setUp();
  await look(panel);
  const data = path.join(panel.home, "instances/anna/data");
  await rename(data, `${data}.before`);
  await cp(`${data}.before`, data, { recursive: true });
  await look(panel);
  expect((await panel.until("anna", "error")).statusDetail?.code).toBe("FOLDER_REPLACED");
  expect(panel.context.runtime.live.board.get("ben").status).toBe("running");
});

test("an instance that somebody works on is left for the next turn", async () => {
  await using panel = await setUp();
  const work = Promise.withResolvers<void>();
  const working = panel.context.runtime.live.locks.exclusive("anna", "copying", () => work.promise);
  panel.host.advance(20_000);
  await eventually(() => expect(looks(panel)).toEqual(["ben"]));
  work.resolve();
  await working;
  await look(panel);
  await eventually(() => expect(looks(panel)).toEqual(["ben", "anna"]));
});
