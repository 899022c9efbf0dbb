import { loopbackOrigins } from "@claw/core/instance-address";
import { readToken } from "@claw/core/openclaw-config";
import { describe, expect, test } from "vitest";
import { specOf } from "../../../tests/support/specs.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { provisionInstance, retargetConfig } from "./provision-instance.ts";

const anna = specOf({ id: "anna", port: 20_000 });
const moved = { ...anna, port: 30_000 };
const textOf = async (panel: TestPanel) =>
  (await panel.context.disk.storage.readConfig("anna")) ?? "";

test("a new instance gets a token and the origins of its port", async () => {
  await using panel = await createTestPanel();
  await provisionInstance(panel.context, anna);
  const text = await textOf(panel);
  expect(readToken(text)).toMatch(/^[0-9a-f]{64}$/);
  for (const origin of loopbackOrigins(20_000)) expect(text).toContain(origin);
});

test("doing it twice changes nothing", async () => {
  await using panel = await createTestPanel();
  await provisionInstance(panel.context, anna);
  const text = await textOf(panel);
  await provisionInstance(panel.context, anna);
  expect(await textOf(panel)).toBe(text);
});

test("a configuration that is there keeps everything, and gets the origins it lacks", async () => {
  await using panel = await createTestPanel();
  await panel.context.disk.storage.createInstance("anna");
  const mine =
    '{ // mine\r\n gateway: { auth: { token: "kept" }, controlUi: { allowedOrigins: ["https://claw.example",] } } }';
  await panel.context.disk.storage.writeConfig("anna", mine);
  await provisionInstance(panel.context, anna);
  const text = await textOf(panel);
  expect(readToken(text)).toBe("kept");
  expect(text).toContain("{ // mine\r\n");
  for (const origin of ["https://claw.example", ...loopbackOrigins(20_000)])
    expect(text).toContain(`"${origin}"`);
});

describe("moving to another port", () => {
  test("exchanges the origins of the old one, and no others", async () => {
    await using panel = await createTestPanel();
    await provisionInstance(panel.context, anna);
    const before = await textOf(panel);
    await retargetConfig(panel.context, moved, before, 20_000);
    const after = await textOf(panel);
    for (const origin of loopbackOrigins(30_000)) expect(after).toContain(origin);
    expect(after.replaceAll("30000", "20000")).toBe(before);
  });

  test.each([
    "{ broken",
    "[]",
    "",
  ])("leaves a text alone that is no configuration: %j", async (text) => {
    await using panel = await createTestPanel();
    await panel.context.disk.storage.createInstance("anna");
    await panel.context.disk.storage.writeConfig("anna", text);
    await retargetConfig(panel.context, moved, text, 20_000);
    expect(await textOf(panel)).toBe(text);
  });

  test("writes nothing when there is nothing to change", async () => {
    await using panel = await createTestPanel();
    await provisionInstance(panel.context, anna);
    panel.faults.record();
    await retargetConfig(panel.context, anna, await textOf(panel), 20_000);
    expect(panel.faults.calls.map(({ method }) => method)).not.toContain("storage.writeConfig");
  });
});
