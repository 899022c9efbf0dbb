import fc from "fast-check";
import json5 from "json5";
import { describe, expect, test } from "vitest";
import { anyObject, anySeed, drawFrom, textOf, writeDocument } from "./json5.fixture.ts";
import { parseJson5Object } from "./json5-edit.ts";
import { MergePatch, withPatch } from "./merge-patch.ts";

/** RFC 7396, as it is written there. */
function reference(target: unknown, patch: unknown): unknown {
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> =
    target !== null && typeof target === "object" && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch))
    if (value === null) delete result[key];
    else result[key] = reference(result[key], value);
  return result;
}

describe("a merge patch of a text", () => {
  test("changes what it names, and nothing beside it", () => {
    const text = `{
  // models
  agents: { defaults: { model: "a/b", /* why */ sandbox: { mode: "off" } } },
  tools: { profile: "full" }, // all
  logging: { level: "info" },
}
`;
    const patch = {
      agents: { defaults: { model: "c/d", userTimezone: "Asia/Shanghai" } },
      logging: null,
      tools: { profile: "full" },
    };
    expect(withPatch(text, patch)).toBe(`{
  // models
  agents: { defaults: { model: "c/d", /* why */ sandbox: { mode: "off" }, "userTimezone": "Asia/Shanghai" } },
  tools: { profile: "full" }, // all
}
`);
  });

  test("leaves a text as it is that has all of it already, in whatever order and spelling", () => {
    const text = `{a: {y: [1, {q: 'x', p: null}], x: 0x10}, // c\n}`;
    expect(withPatch(text, { a: { x: 16, y: [1, { p: null, q: "x" }] }, b: null })).toBe(text);
  });

  test("replaces lists and what is no object, and takes no null into a new object", () => {
    expect(withPatch("{a: [1], b: 2}", { a: [2], b: { c: null, d: 1 } })).toBe(
      `{a: [2], b: {"d":1}}`,
    );
  });

  test("takes members away and adds others in one go, with or without any that stay", () => {
    expect(withPatch("{b: 2}", { b: null, c: 3, d: [] })).toBe(`{"c": 3, "d": []}`);
    expect(withPatch("{a: 1, b: 2,}", { c: 3, b: null })).toBe(`{a: 1, "c": 3, }`);
    expect(withPatch("{a: 1, a: 2 /* why */, b: {x: 1}}", { a: null, b: { x: null, y: 2 } })).toBe(
      `{  /* why */ b: {"y": 2}}`,
    );
  });

  test("of the most values takes no longer than the text deserves", { timeout: 60_000 }, () => {
    const names = Array.from({ length: 500 }, (_, n) => `k${n}`);
    const nested = (inner: string) => `${"{a: ".repeat(10)}${inner}${"}".repeat(10)}`;
    const members = [...names, ...Array.from({ length: 10_000 }, (_, n) => `m${n}`)];
    const text = nested(`{${members.map((name) => `${name}: "${"x".repeat(90)}"`).join(",\n")}}`);
    expect(text.length).toBeGreaterThan(1_000_000);
    const leaves = names.flatMap((name) => [`"${name}": null`, `"new-${name}": 1`]);
    const patch = MergePatch.parse(
      JSON.parse(nested(`{${leaves.join(", ")}}`).replaceAll("a:", '"a":')),
    );
    const begun = performance.now();
    const after = withPatch(text, patch);
    // One parse, and one look at each object on the way.
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(after).not.toContain("k0:");
    expect(after).toContain('"new-k499": 1');
  });

  test("means what RFC 7396 says, and does nothing a second time", () => {
    const json = anyObject.map((object) => json5.parse(JSON.stringify(object)));
    fc.assert(
      fc.property(json, json, anySeed, (object, change, seed) => {
        fc.pre(
          MergePatch.safeParse(change).success && !JSON.stringify(object).includes("__proto__"),
        );
        const text = textOf(writeDocument(drawFrom(seed), object));
        const after = withPatch(text, change as MergePatch);
        expect(parseJson5Object(after)).toEqual(reference(object, change));
        expect(withPatch(after, change as MergePatch)).toBe(after);
      }),
      { numRuns: 300 },
    );
  });

  test("of 1,000 edits in a row leaves the comments and all other members byte for byte", () => {
    const lines = Array.from(
      { length: 20 },
      (_, n) => `  k${n}: { v: ${n} }, // comment ${n}, ${n}`,
    );
    let text = `{\r\n${lines.join("\r\n")}\r\n}`;
    const draw = drawFrom(20);
    for (let edit = 0; edit < 1_000; edit++) {
      const n = draw(20);
      const before = text.split("\r\n");
      text = withPatch(text, {
        [`k${n}`]: { v: draw(3), ...(draw(2) ? { w: null } : { w: [edit] }) },
      });
      const after = text.split("\r\n");
      expect(after.filter((line, at) => at !== n + 1 && line !== before[at])).toEqual([]);
      expect(after[n + 1]).toMatch(new RegExp(`, // comment ${n}, ${n}$`));
    }
  });
});

test.each([
  ["nothing", {}],
  ["a prototype", JSON.parse('{"a": {"__proto__": {"b": 1}}}')],
  ["a list", [1]],
  ["a text", "{}"],
  ["too deep a change", JSON.parse(`${'{"a":'.repeat(60)}1${"}".repeat(60)}`)],
  // As deep as a body may be long.
  ["far too deep a change", JSON.parse(`${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`)],
])("%s is no patch", (_, patch) => {
  expect(MergePatch.safeParse(patch).success).toBe(false);
});

test("a patch has at most 1,000 values and 64 KiB", () => {
  const said = (patch: unknown) =>
    MergePatch.safeParse(patch).error?.issues.map(({ message }) => message);
  const nulls = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [n, null]));
  expect(said(nulls(1_000))).toBeUndefined();
  const tooMany = ["The change has more than 1000 values. Make it in several, smaller ones."];
  expect(said(nulls(1_001))).toEqual(tooMany);
  expect(said({ a: Array.from({ length: 1_001 }, () => ({})) })).toEqual(tooMany);
  expect(said(nulls(1_000_000))).toEqual(tooMany);
  expect(said({ a: "x".repeat(60_000) })).toBeUndefined();
  expect(said({ a: "x".repeat(64 * 1024) })).toEqual([
    "The change is longer than 64 KiB. Make it in several, smaller ones.",
  ]);
});
