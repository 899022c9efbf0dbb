import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { OPENCLAW_SCHEMA } from "../../../tests/support/openclaw-schema.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { listConfigVersions, restoreConfig } from "./config-history.ts";
import { markHealthy } from "./config-versions.ts";
import { createInstance } from "./create-instance.ts";
import { readConfig } from "./read-config.ts";
import { saveConfig } from "./save-config.ts";
import { startInstance } from "./start-instance.ts";

async function setUp() {
  const panel = await createTestPanel({ timing: { configSchema: OPENCLAW_SCHEMA } });
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  // The schema is had; what follows is the image's word.
  await save(panel, (text) => text);
  panel.faults.record();
  return panel;
}

async function save(panel: TestPanel, edit: (text: string) => string) {
  const { text, revision } = await readConfig(panel.context, "anna");
  return saveConfig(panel.context, { id: "anna", text: edit(text), revision });
}

const onDisk = (panel: TestPanel) => panel.context.disk.storage.readConfig("anna");
const runs = (panel: TestPanel) =>
  panel.faults.calls.filter(({ method }) => method === "engine.runOnce");
/** The image of the memory engine refuses a text with this, as the stub does. */
const bad = (text: string) => text.replace("gateway: {", "gateway: { // STUB_INVALID\n");

test("a text that only the image itself refuses is not saved", async () => {
  await using panel = await setUp();
  const before = await onDisk(panel);
  const error = await rejects(save(panel, bad), "CONFIG_INVALID");
  const line = (before ?? "").split("\n").findIndex((each) => each.includes("gateway: {")) + 1;
  expect(error.issues).toEqual([
    { line, column: 12, path: "gateway", message: "STUB_INVALID", source: "image" },
  ]);
  expect(error.message).toContain("OpenClaw would not start with this configuration");
  expect(await onDisk(panel)).toBe(before);
});

test("a valid one is judged by the image, and the answer says nothing more", async () => {
  await using panel = await setUp();
  const { message, unjudged } = await save(panel, (text) => `${text}// mine\n`);
  expect([message, unjudged]).toEqual(["It takes effect at the next start.", null]);
  expect(runs(panel)).toHaveLength(1);
});

test("what the file has already is no reason to refuse a save, and is told", async () => {
  await using panel = await setUp();
  await panel.context.disk.storage.writeConfig("anna", bad((await onDisk(panel)) ?? ""));
  const { message } = await save(panel, (text) => `${text}// mine\n`);
  expect(message).toMatch(/As before, OpenClaw would not start with this: .*STUB_INVALID\.$/);
});

test("a file that is no JSON5 excuses nothing", async () => {
  await using panel = await setUp();
  const good = (await onDisk(panel)) ?? "";
  await panel.context.disk.storage.writeConfig("anna", "{");
  await rejects(
    save(panel, () => bad(good)),
    "CONFIG_INVALID",
  );
  await save(panel, () => good);
});

test("a version with which the instance came up goes back without the image, which may be slow or wrong", async () => {
  await using panel = await setUp();
  const { context } = panel;
  const good = (await onDisk(panel)) ?? "";
  const newest = async () =>
    (await listConfigVersions(context, { id: "anna", limit: 1 })).versions[0]?.version ?? 0;
  await context.disk.storage.writeConfig("anna", bad(good));
  const version = await newest();
  await context.disk.storage.writeConfig("anna", good);
  await newest();
  await rejects(restoreConfig(context, { id: "anna", version }), "CONFIG_INVALID");
  await markHealthy(context, "anna", version);
  panel.faults.record();
  const { message, unjudged } = await restoreConfig(context, { id: "anna", version });
  expect([message, unjudged]).toEqual(["It takes effect at the next start.", null]);
  expect(runs(panel)).toEqual([]);
  expect(await onDisk(panel)).toBe(bad(good));
});

test("a running gateway has its own word, so that no container is asked", async () => {
  await using panel = await setUp();
  await startInstance(panel.context, "anna");
  await panel.until("anna", "running");
  const taken = () =>
    panel.engine.write("anna", "stdout", "[reload] config hot reload applied (logging)");
  panel.faults.onNext("storage.writeConfig", taken, "after");
  await save(panel, (text) => `${text}// mine\n`);
  expect(runs(panel)).toEqual([]);
});

test.each([
  ["hangs", new DomainError("COMMAND_FAILED", "It did not end within 20 seconds.")],
  ["is away with its Docker", new DomainError("ENGINE_UNREACHABLE", "Docker is away.")],
])("an image that %s keeps nobody from saving, and the answer says so", async (_, why) => {
  await using panel = await setUp();
  panel.faults.failNext("engine.runOnce", why);
  const { message, unjudged } = await save(panel, (text) => `${text}// mine\n`);
  expect(unjudged).toEqual({ reason: why.reason, message: why.message });
  expect(message).toContain(`Only its schema was checked: ${why.message}`);
  expect(await onDisk(panel)).toContain("// mine");
});

test("a text that includes files of the instance is no text for a container without them", async () => {
  await using panel = await setUp();
  const { unjudged } = await save(panel, (text) => text.replace("{", "{ $include: './a.json5',"));
  expect(unjudged?.reason).toBe("NOT_SUPPORTED");
  expect(runs(panel)).toEqual([]);
});
