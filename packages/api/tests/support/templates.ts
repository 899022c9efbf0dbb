import type { TemplateChange } from "@claw/core/config-templates";
import { parseJson5Object } from "@claw/core/json5-edit";
import { createInstance } from "../../src/services/instance/create-instance.ts";
import { listTemplates } from "../../src/services/template/find-template.ts";
import { saveTemplate } from "../../src/services/template/save-template.ts";
import { OPENCLAW_SCHEMA } from "./openclaw-schema.ts";
import { createTestPanel, type TestAppOptions, type TestPanel } from "./test-app.ts";

/** A panel whose image says what configurations it takes. */
export const panelWithSchema = (options: TestAppOptions = {}) =>
  createTestPanel({ timing: { configSchema: OPENCLAW_SCHEMA }, ...options });

export const save = (panel: TestPanel, input: Partial<TemplateChange>) =>
  saveTemplate(panel.context, { name: "Sales", text: "{}", ...input }, "boss");

export const create = (panel: TestPanel, id: string, template?: string) =>
  createInstance(panel.context, {
    ...{ id, name: `Dr. "${id}"`, start: false },
    ...(template !== undefined && { template }),
  });

export const configOf = async (panel: TestPanel, id: string) =>
  parseJson5Object((await panel.context.disk.storage.readConfig(id)) ?? "");

/** The names of all templates, that of the default one in brackets. */
export const names = async (panel: TestPanel) =>
  (await listTemplates(panel.context)).map(({ name, isDefault }) => (isDefault ? [name] : name));
