import type { zhTemplates } from "./zh-templates.ts";

export const enTemplates: Readonly<Record<keyof typeof zhTemplates, string>> = {
  "audit.group.templates": "Templates",
  "audit.do.templateSave": "Save a template",
  "audit.do.templateRemove": "Delete a template",
};
