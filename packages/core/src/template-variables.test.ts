import fc from "fast-check";
import json5 from "json5";
import { describe, expect, test } from "vitest";
import {
  checkTemplate,
  fillTemplate,
  TEMPLATE_VARIABLES,
  type TemplateValues,
} from "./template-variables.ts";

const values = (patch: Partial<TemplateValues> = {}): TemplateValues => ({
  ...{ id: "anna", name: "张三", label: "anna-0", timezone: "Asia/Shanghai" },
  ...{ group: "销售", token: "t0k3n", ...patch },
});
const filled = (template: string, patch?: Partial<TemplateValues>) =>
  fillTemplate(template, values(patch)).text;

describe("variables of a template", () => {
  test("are replaced in strings, keys and comments, and white space around them is nothing", () => {
    expect(
      filled(`{a: "{{name}} of {{ group }}", '{{id}}': "{{timezone}}", // for {{name}}\n}`),
    ).toBe(`{a: "张三 of 销售", 'anna': "Asia/Shanghai", // for 张三\n}`);
  });

  test("stay text behind a backslash, which means nothing to JSON5", () => {
    const template = String.raw`{args: ["\{{MediaPath}}", "\{{name}}"]}`;
    checkTemplate(template);
    expect(filled(template)).toBe(template);
    expect(json5.parse(template)).toEqual({ args: ["{{MediaPath}}", "{{name}}"] });
  });

  test("that the panel does not have are refused at their places, with those that it has", () => {
    const template = `{\n  a: "{{name}}",\n  b: "x {{user}}", // {{}}\n}`;
    expect(() => checkTemplate(template)).toThrow(
      expect.objectContaining({
        reason: "CONFIG_INVALID",
        message: expect.stringMatching(/line 3, column 9.*\{\{user\}\}.*\{\{timezone\}\}/),
        issues: [
          expect.objectContaining({ line: 3, column: 9 }),
          expect.objectContaining({ line: 3, column: 23 }),
        ],
      }),
    );
  });

  test("cannot stand outside strings", () => {
    expect(() => checkTemplate("{a: {{name}}}")).toThrow(
      expect.objectContaining({
        reason: "CONFIG_INVALID",
        issues: [expect.objectContaining({ line: 1, column: 6 })],
      }),
    );
  });

  test("hold any text, which ends neither the string nor the comment around it", () => {
    const template = `{/* {{name}} */ a: "{{name}}", b: '{{name}}', "{{name}}": 1, // {{name}}\n c: "/*{{name}}*/"}`;
    const any = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({
        unit: fc.constantFrom('"', "'", "\\", "/", "*", "\n", "\r", "\u2028", "{", "}", ","),
      }),
    );
    fc.assert(
      fc.property(any, (name) => {
        fc.pre(name !== "a" && name !== "b" && name !== "c" && name !== "__proto__");
        const parsed = json5.parse<Record<string, unknown>>(filled(template, { name }));
        expect(parsed).toEqual({ a: name, b: name, [name]: 1, c: `/*${name}*/` });
      }),
    );
  });

  test("are known by the place in the template that a place in the text comes from", () => {
    const template = `{a: "{{name}}", b: "{{token}}", c: 1}`;
    const { text, toTemplate } = fillTemplate(template, values());
    for (const part of ["{a", ', b: "', ", c: 1"])
      expect(toTemplate(text.indexOf(part))).toBe(template.indexOf(part));
    for (const [value, variable] of [
      ["张三", "{{name}}"],
      ["t0k3n", "{{token}}"],
    ] as const)
      expect(toTemplate(text.indexOf(value) + 1)).toBe(template.indexOf(variable));
  });

  test("are all replaced", () => {
    const template = `{${TEMPLATE_VARIABLES.map((each) => `${each}: "{{${each}}}"`).join(", ")}}`;
    checkTemplate(template);
    expect(json5.parse(filled(template))).toEqual(values());
  });
});
