import type { MergePatch } from "@claw/core/merge-patch";
import { describe, expect, test } from "vitest";
import { OPENCLAW_SCHEMA } from "../../../tests/support/openclaw-schema.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { DEBUG, inDebug, textOf } from "../../../tests/support/rollouts.ts";
import { createTestPanel, type TestAppOptions } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { changedText } from "./changed-text.ts";

const WITH_SCHEMA = { timing: { configSchema: OPENCLAW_SCHEMA } };

/** A stopped instance, and what a change makes of a text of its. */
async function setUp(options: TestAppOptions = {}) {
  const panel = await createTestPanel(options);
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const own = await textOf(panel, "anna");
  const change = (patch: MergePatch, before: string | null = own) =>
    changedText(panel.context, { id: "anna", before, by: "admin", patch });
  return { panel, own, change };
}

test("has the change, and every other byte as it was", async () => {
  const { panel, own, change } = await setUp(WITH_SCHEMA);
  await using _ = panel;
  const before = `// mine\r\n${own}`;
  expect(await change(DEBUG, before)).toEqual({
    text: inDebug(before),
    isChecked: true,
    note: null,
  });
});

test("is nothing where the text says it already, which is not checked", async () => {
  const { panel, own, change } = await setUp(WITH_SCHEMA);
  await using _ = panel;
  const before = inDebug(own).replace("{", "{ frobnicate: 1,");
  expect(await change(DEBUG, before)).toEqual({ text: null, isChecked: false, note: null });
});

test("is refused where OpenClaw would not start with it", async () => {
  const { panel, change } = await setUp(WITH_SCHEMA);
  await using _ = panel;
  const { issues } = await rejects(change({ gateway: { frobnicate: 1 } }), "CONFIG_INVALID");
  expect(issues).toMatchObject([{ path: "gateway", message: "Unrecognized key: frobnicate" }]);
});

test("says where only its syntax could be checked", async () => {
  const { panel, change } = await setUp();
  await using _ = panel;
  expect((await change(DEBUG)).note).toMatch(/^Only its syntax was checked: /);
});

test("is none of a configuration that is missing or broken", async () => {
  const { panel, change } = await setUp();
  await using _ = panel;
  await rejects(change(DEBUG, null), "CONFIG_MISSING");
  await rejects(change(DEBUG, "{ broken"), "CONFIG_INVALID");
});

describe("a managed key", () => {
  test.each<[string, MergePatch, string]>([
    ["how it listens", { gateway: { bind: "loopback" } }, "gateway.bind"],
    ["its mode, removed", { gateway: { mode: null } }, "gateway.mode"],
    [
      "from where it is opened",
      { gateway: { controlUi: { allowedOrigins: ["http://elsewhere"] } } },
      "gateway.controlUi.allowedOrigins",
    ],
    ["where it logs", { logging: { file: "/tmp/log" } }, "logging.file"],
  ])("is not changed: %s", async (_, patch, name) => {
    const { panel, change } = await setUp();
    await using __ = panel;
    const { message, issues } = await rejects(change({ ...DEBUG, ...patch }), "CONFIG_INVALID");
    expect(message).toContain(`The panel sets ${name} itself`);
    expect(issues).toMatchObject([{ path: name, source: "panel" }]);
    expect(issues?.[0]?.line).toBeGreaterThan(1);
  });

  test("that people enter the instance through is not changed either", async () => {
    const { panel, change } = await setUp({ timing: { openclawVersion: "2026.9.6" } });
    await using _ = panel;
    const patch = { gateway: { auth: { mode: "none" }, trustedProxies: [] } };
    const { message } = await rejects(change(patch), "CONFIG_INVALID");
    expect(message).toContain("The panel sets gateway.auth, gateway.trustedProxies itself");
  });

  test("may be named with the panel's value, and be put right", async () => {
    const { panel, own, change } = await setUp();
    await using _ = panel;
    const right = { gateway: { bind: "lan" } };
    expect((await change({ ...DEBUG, ...right })).text).toBe(inDebug(own));
    const before = own.replace('bind: "lan"', 'bind: "loopback"');
    expect((await change(right, before)).text).toBe(own);
  });

  test("that somebody changed knowingly keeps no other change away", async () => {
    const { panel, own, change } = await setUp();
    await using _ = panel;
    const before = own.replace('bind: "lan"', 'bind: "loopback"');
    expect((await change(DEBUG, before)).text).toBe(inDebug(before));
    const { issues } = await rejects(change({ gateway: { port: 1 } }, before), "CONFIG_INVALID");
    expect(issues).toMatchObject([{ path: "gateway.port" }]);
  });
});
