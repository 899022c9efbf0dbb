import { parseJson5Object, withValue } from "@claw/core/json5-edit";
import { valueAt } from "@claw/core/openclaw-config";
import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { createMemoryGateways } from "../../gateway/memory/memory-gateways.ts";
import { createInstance } from "../instance/create-instance.ts";
import { stopInstance } from "../instance/stop-instance.ts";
import { migrateInstance } from "./migrate-instance.ts";

const CONTROL = ["plugins", "entries", "admin-http-rpc", "enabled"];
const COMMENT = "// by hand";

/** An instance that opens through the panel, made when the panel asked its gateway nothing. */
async function withLackingInstance() {
  const gateways = createMemoryGateways();
  const host = new FakeHost();
  const panel = await createTestPanel({
    ...{ gateways, host },
    timing: { openclawVersion: "2026.9.6" },
  });
  await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  const header = panel.context.runtime.live.board.specOf("anna")?.ingress?.header ?? "";
  const gateway = gateways.of({ header });
  gateway.mood = "off";
  const { storage } = panel.context.disk;
  const text = `${COMMENT}\n${withValue((await storage.readConfig("anna")) ?? "", ["plugins"], {})}`;
  await storage.writeConfig("anna", text);
  return { panel, gateway, host, text };
}

const configOf = async (panel: TestPanel) =>
  (await panel.context.disk.storage.readConfig("anna")) ?? "";
const isOn = async (panel: TestPanel) => valueAt(parseJson5Object(await configOf(panel)), CONTROL);
const migrate = (panel: TestPanel) =>
  migrateInstance(panel.context, "anna", new AbortController().signal);

test("an instance without the control plane gets it while it runs, and keeps its comments", async () => {
  const { panel: made, gateway, host } = await withLackingInstance();
  await using panel = made;
  const { board } = panel.context.runtime.live;
  const { startedAt } = board.get("anna");
  const waiters = host.asleep;
  const migrated = migrate(panel);
  // As a gateway takes it: some time after the configuration was saved.
  await eventually(async () => expect(await isOn(panel)).toBe(true));
  await eventually(() => expect(host.asleep).toBeGreaterThan(waiters));
  gateway.mood = "open";
  host.advance(500);
  await migrated;
  expect(await configOf(panel)).toContain(COMMENT);
  expect(board.get("anna")).toMatchObject({ status: "running", startedAt });
  const text = await configOf(panel);
  await migrate(panel);
  expect(await configOf(panel), "once is enough").toBe(text);
});

test("a gateway that does not answer with it has its former configuration again", async () => {
  const { panel: made, gateway, text } = await withLackingInstance();
  await using panel = made;
  gateway.mood = "broken";
  await rejects(migrate(panel), "GATEWAY_FAILED");
  expect(await configOf(panel)).toBe(text);
});

test("one that ignores it is asked for a while, and a configuration saved meanwhile stays", async () => {
  const { panel: made, host } = await withLackingInstance();
  await using panel = made;
  const waiters = host.asleep;
  const migrated = rejects(migrate(panel), "NOT_SUPPORTED");
  await eventually(async () => expect(await isOn(panel)).toBe(true));
  const theirs = `${await configOf(panel)}\n// meanwhile`;
  await panel.context.disk.storage.writeConfig("anna", theirs);
  await eventually(() => expect(host.asleep).toBeGreaterThan(waiters));
  host.advance(45_000);
  await migrated;
  expect(await configOf(panel)).toBe(theirs);
});

test("a stopped one has it at its next start", async () => {
  const { panel: made } = await withLackingInstance();
  await using panel = made;
  await stopInstance(panel.context, "anna");
  await migrate(panel);
  expect(await isOn(panel)).toBe(true);
});
