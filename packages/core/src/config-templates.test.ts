import { expect, test } from "vitest";
import { ConfigTemplate, TemplateChange } from "./config-templates.ts";

test("a change names the template, or makes one", () => {
  expect(TemplateChange.parse({ name: " 销售 ", text: "{}" })).toEqual({
    name: "销售",
    text: "{}",
  });
  for (const name of ["", "a\nb", "a".repeat(65)])
    expect(TemplateChange.safeParse({ name, text: "{}" }).success).toBe(false);
});

/** Other programs read these fields: one may be added here, but none renamed or removed. */
test("a template has its fields", () => {
  const fields = ["id", "name", "isDefault", "isRemovable", "updatedAt", "updatedBy"];
  expect(Object.keys(ConfigTemplate.shape)).toEqual([...fields, "text", "revision"]);
});
