import type { MergePatch } from "@claw/core/merge-patch";
import { expect, test } from "vitest";
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
  expect(await change(DEBUG, before)).toEqual({ text: inDebug(before), note: null });
});

test("is nothing where the text says it already, which is not checked", async () => {
  const { panel, own, change } = await setUp(WITH_SCHEMA);
  await using _ = panel;
  const before = inDebug(own).replace("{", "{ frobnicate: 1,");
  expect(await change(DEBUG, before)).toEqual({ text: null, note: null });
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
