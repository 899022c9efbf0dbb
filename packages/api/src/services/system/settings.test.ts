import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { COMPOSE_TEMPLATE } from "@claw/core/compose/render";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, homeOfTest } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { readSettings, saveSettings } from "./settings.ts";
import { systemStatus } from "./system-status.ts";

const TEMPLATES = path.join(import.meta.dirname, "../../../../../templates");
const SOCKET = "/var/run/docker.sock:/var/run/docker.sock";

/** Templates that give every instance Docker's socket. */
async function unsafeTemplates(): Promise<string> {
  const folder = await homeOfTest();
  const text = await readFile(path.join(TEMPLATES, COMPOSE_TEMPLATE), "utf8");
  await writeFile(
    path.join(folder, COMPOSE_TEMPLATE),
    text.replace("volumes:\n", `volumes:\n      - ${SOCKET}\n`),
  );
  const config = "openclaw.template.json5";
  await writeFile(path.join(folder, config), await readFile(path.join(TEMPLATES, config)));
  return folder;
}

test("a template with Docker's socket is refused by name, until it is allowed; all are told then", async () => {
  await using panel = await createTestPanel({ config: { templates: await unsafeTemplates() } });
  const { context } = panel;
  const anna = { id: "anna", name: "Anna", start: false };
  expect((await systemStatus(context)).allowUnsafeTemplates).toBe(false);
  const refusal = await rejects(createInstance(context, anna), "TEMPLATE_INVALID");
  expect(refusal.message).toContain("docker.sock lies outside ./instances/anna");
  expect(await context.store.listInstances()).toEqual([]);

  await saveSettings(context, { allowUnsafeTemplates: true });
  expect((await systemStatus(context)).allowUnsafeTemplates).toBe(true);
  expect(await createInstance(context, anna)).toMatchObject({ id: "anna" });
});

test("what is kept and makes no sense counts as not chosen", async () => {
  await using panel = await createTestPanel();
  await panel.context.store.saveSetting("panel", { allowUnsafeTemplates: "yes" });
  expect(await readSettings(panel.context)).toEqual({ allowUnsafeTemplates: false });
});
