import { writeFile } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { createTestPanel, homeOfTest, type TestPanel } from "../../../tests/support/test-app.ts";
import { listConfigVersions } from "./config-history.ts";
import { revisionOf } from "./config-revision.ts";
import { createInstance } from "./create-instance.ts";
import { readConfig } from "./read-config.ts";
import { saveConfig } from "./save-config.ts";
import { startInstance } from "./start-instance.ts";
import { stopInstance } from "./stop-instance.ts";

async function setUp(options: { start?: boolean; home?: string } = {}) {
  const { start = false, ...rest } = options;
  const panel = await createTestPanel(rest);
  await createInstance(panel.context, { id: "anna", name: "Anna", start });
  if (start) await panel.until("anna", "running");
  return panel;
}

/** As OpenClaw, or somebody on this machine, would. */
const changeOutside = (home: string, text: string) =>
  writeFile(path.join(home, "instances/anna/data/openclaw.json"), text);

const history = async (panel: TestPanel) =>
  (await listConfigVersions(panel.context, { id: "anna", limit: 200 })).versions;

test("a change that the panel did not make is found a minute later at the latest", async () => {
  await using panel = await setUp();
  const { store, runtime } = panel.context;
  const uid = runtime.live.board.specOf("anna")?.uid ?? "";
  await changeOutside(panel.home, '{"a":1}');
  await eventually(async () => {
    panel.host.advance(60_000);
    expect(await store.newestConfigVersion(uid)).toMatchObject({ source: "openclaw" });
  });
});

test("so is one that was made while the panel was off, before anybody asks", async () => {
  const home = await homeOfTest();
  await (await setUp({ home }))[Symbol.asyncDispose]();
  await changeOutside(home, '{"a":1}');
  await using panel = await createTestPanel({ home });
  const uid = panel.context.runtime.live.board.specOf("anna")?.uid ?? "";
  await eventually(async () => {
    expect(await panel.context.store.newestConfigVersion(uid)).toMatchObject({
      source: "openclaw",
      revision: revisionOf('{"a":1}'),
    });
  });
});

test("the last version with which the instance came up is marked, and no later one", async () => {
  await using panel = await setUp({ start: true });
  await eventually(async () => {
    expect(await history(panel)).toMatchObject([{ version: 1, healthy: true }]);
  });
  await stopInstance(panel.context, "anna");
  const { revision } = await readConfig(panel.context, "anna");
  await saveConfig(panel.context, { id: "anna", text: "{ a: 1 }", revision });
  const page = await listConfigVersions(panel.context, { id: "anna", limit: 1 });
  expect(page.versions).toMatchObject([{ version: 2, healthy: false, healthyAt: null }]);
  expect(page.lastHealthy).toMatchObject({ version: 1, current: false });
});

test("a mark that fails, as on a disk that is full, is made with the next look", async () => {
  await using panel = await setUp();
  const { context, faults } = panel;
  const marking = Promise.withResolvers<void>();
  faults.onNext("store.markConfigHealthy", () => {
    marking.resolve();
    throw new DomainError("DISK_FULL", "full");
  });
  await startInstance(context, "anna");
  await marking.promise;
  await eventually(async () => {
    panel.host.advance(60_000);
    expect(await history(panel)).toMatchObject([{ version: 1, healthy: true }]);
  });
});

test("a version that was replaced while the instance started is not taken for what it came up with", async () => {
  await using panel = await setUp();
  const { context, faults, home } = panel;
  const replace = () => changeOutside(home, '{"a":1}');
  faults.onNext("engine.start", () => faults.onNext("storage.readConfig", replace, "after"));
  await startInstance(context, "anna");
  await panel.until("anna", "running");
  await stopInstance(context, "anna");
  await startInstance(context, "anna");
  await eventually(async () => {
    expect(await history(panel)).toMatchObject([
      { source: "openclaw", healthy: true },
      { version: 1, healthy: false },
    ]);
  });
});

test("a change after the start is not taken for what the instance came up with", async () => {
  const home = await homeOfTest();
  await using panel = await setUp({ start: true, home });
  await eventually(async () => expect((await history(panel))[0]?.healthy).toBe(true));
  await changeOutside(home, "{ broken: 1 }");
  await using again = await createTestPanel({ home, engine: panel.engine });
  await again.until("anna", "running");
  expect(await history(again)).toMatchObject([{ healthy: false }, { version: 1, healthy: true }]);
});
