import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { renderTemplate } from "./template.ts";

describe("renderTemplate", () => {
  test("fills values, loops and conditions", () => {
    const text = "{% for n in list %}\n- {{ n }}\n{% endfor %}\n{% if none %}x{% endif %}";
    expect(renderTemplate("t", text, { list: [1, 2], none: null })).toBe("- 1\n- 2\n");
  });

  test("does not escape for HTML", () => {
    expect(renderTemplate("t", "{{ a }}", { a: `<&"'>` })).toBe(`<&"'>`);
  });

  test("`dump` writes any text as JSON, which is read back unchanged", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const rendered = renderTemplate("t", "{{ a | dump }}", { a: value });
        expect(JSON.parse(rendered)).toBe(value);
        expect(rendered).not.toContain("\n");
      }),
      { numRuns: 30 },
    );
  });

  test("does not look for a template in what it fills in", () => {
    expect(renderTemplate("t", "{{ a }}", { a: "{{ b }}{% raw %}" })).toBe("{{ b }}{% raw %}");
  });
});

describe("a template that cannot be rendered", () => {
  test.each([
    [
      "an unknown value",
      "a\n  {{ nothing }}",
      "[Line 2, Column 3] attempted to output null or undefined",
    ],
    ["a part of an unknown value", "{{ a.b.c }}", "[Line 1, Column 1]"],
    ["a value that is null", "{{ none }}", "[Line 1, Column 1]"],
    ["a block without end", "{% for x in list %}", "unexpected end of file"],
    ["a tag without expression", "{% if %}{% endif %}", "[Line 1, Column 7]"],
    ["a tag that does not exist", "{% nonsense %}", "unknown block tag: nonsense"],
    ["a filter that does not exist", "{{ 'x' | nonsense }}", "filter not found: nonsense"],
    ["another file", "{% include 'other' %}", "template not found: other"],
  ])("with %s is refused with the place or the name", (_, text, hint) => {
    expect(() => renderTemplate("my.yml", text, { a: {}, none: null })).toThrow(
      expect.objectContaining({
        reason: "TEMPLATE_INVALID",
        message: expect.stringContaining(hint),
        cause: expect.any(Error),
      }),
    );
  });

  test("is refused in one sentence that names it, without paths that mean nothing", () => {
    expect(() => renderTemplate("my.yml", "\n{{ a | nonsense }}", { a: 1 })).toThrow(
      /^The template my\.yml cannot be rendered: (?!.*unknown path)[^\n]+\. Correct it, or restore/,
    );
  });
});

describe("with a folder `views` where the panel was started", () => {
  const before = process.cwd();
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "template-"));
    mkdirSync(path.join(folder, "views"));
    writeFileSync(path.join(folder, "views", "secret"), "read from disk");
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });

  test("a template still includes nothing from it", () => {
    expect(() => renderTemplate("t", "{% include 'secret' %}", {})).toThrow(/template not found/);
  });
});
