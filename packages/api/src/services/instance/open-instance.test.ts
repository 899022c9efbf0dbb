import { readToken } from "@claw/core/openclaw-config";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "./create-instance.ts";
import { openInstance } from "./open-instance.ts";

const PANEL = "http://127.0.0.1:8000";

async function made(panel: TestPanel, start = true) {
  await createInstance(panel.context, { id: "anna", name: "Anna", start });
  if (start) await panel.until("anna", "running");
}

test("the link goes to the instance's port and carries its token where no server sees it", async () => {
  await using panel = await createTestPanel();
  await made(panel);
  const token = readToken((await panel.context.disk.storage.readConfig("anna")) ?? "");
  const { url, expiresAt } = await openInstance(panel.context, { id: "anna" }, PANEL);
  expect(url).toBe(`http://127.0.0.1:20000/#token=${token}`);
  expect(new URL(url).search).toBe("");
  expect(expiresAt).toBeNull();
  expect(panel.logged.join("")).not.toContain(token);
});

test("a token with odd characters arrives as it is", async () => {
  await using panel = await createTestPanel();
  await made(panel);
  await panel.context.disk.storage.writeConfig(
    "anna",
    '{ gateway: { auth: { token: "a&b #%/+ 王" } } }',
  );
  const { url } = await openInstance(panel.context, { id: "anna" }, PANEL);
  expect(new URLSearchParams(new URL(url).hash.slice(1)).get("token")).toBe("a&b #%/+ 王");
});

test("an instance that does not run cannot be opened", async () => {
  await using panel = await createTestPanel({ timing: { startDelayMs: 60_000 } });
  await made(panel, false);
  const error = await rejects(
    openInstance(panel.context, { id: "anna" }, PANEL),
    "INSTANCE_NOT_RUNNING",
  );
  expect(error.message).toContain("created");
  await createInstance(panel.context, { id: "ben", name: "Ben", start: true });
  await panel.until("ben", "starting");
  await rejects(openInstance(panel.context, { id: "ben" }, PANEL), "INSTANCE_NOT_RUNNING");
  panel.engine.setReachable(false);
  await panel.until("anna", "unknown");
  await rejects(openInstance(panel.context, { id: "anna" }, PANEL), "INSTANCE_NOT_RUNNING");
  await rejects(openInstance(panel.context, { id: "nobody" }, PANEL), "INSTANCE_NOT_FOUND");
});

test.each([
  "{}",
  "{ gateway: { auth: { token: '' } } }",
  "{ gateway: { auth: { token: 1 } } }",
])("one without a token says what to do: %s", async (text) => {
  await using panel = await createTestPanel();
  await made(panel);
  await panel.context.disk.storage.writeConfig("anna", text);
  const error = await rejects(openInstance(panel.context, { id: "anna" }, PANEL), "TOKEN_MISSING");
  expect(error.message).toContain("gateway.auth.token");
});

test("one with a broken configuration says where", async () => {
  await using panel = await createTestPanel();
  await made(panel);
  await panel.context.disk.storage.writeConfig("anna", "{ broken");
  await rejects(openInstance(panel.context, { id: "anna" }, PANEL), "CONFIG_INVALID");
});
