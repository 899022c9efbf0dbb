import fc from "fast-check";
import { expect, test } from "vitest";
import { changeLabels, foldLabels, isSameLabel, labelKey } from "./label-rules.ts";
import { Group, Tags } from "./labels.ts";

test("a group is 1 to 40 characters of any script, trimmed", () => {
  expect(Group.parse("  销售 🦞 ")).toBe("销售 🦞");
  expect(Group.parse("组".repeat(40))).toHaveLength(40);
  const said = (text: string) => Group.safeParse(text).error?.issues.map(({ message }) => message);
  expect(said(" ")).toEqual(["The group must not be empty."]);
  expect(said("x".repeat(41))).toEqual(["The group must be 1 to 40 characters long."]);
  expect(said("a\nb")).toEqual([expect.stringContaining("line breaks")]);
  expect(said("a\u202eb")).toEqual([expect.stringContaining("direction of writing")]);
});

test("tags that differ in case or form alone are one, in its first spelling", () => {
  expect(Tags.parse(["VIP", " test", "vip", "Ｖip", "Test"])).toEqual(["VIP", "test"]);
  expect(isSameLabel("ÄRZTE", "a\u0308rzte")).toBe(true);
  const numbered = (count: number) => Array.from({ length: count }, (_, n) => `t${n}`);
  expect(Tags.parse([...numbered(20), "T0"])).toHaveLength(20);
  const { error } = Tags.safeParse(numbered(21));
  expect(error?.issues[0]?.message).toBe("An instance can have at most 20 tags.");
  expect(Tags.safeParse(["ok", ""]).success).toBe(false);
});

test("a change leaves alone what it does not name, and has each tag once", () => {
  const before = { group: "销售", tags: ["VIP", "test"] };
  expect(changeLabels(before, {})).toEqual(before);
  expect(changeLabels(before, { group: null }).group).toBeNull();
  expect(changeLabels(before, { addTags: ["vip", "new"], removeTags: ["TEST", "new"] })).toEqual({
    group: "销售",
    tags: ["VIP", "new"],
  });
});

test("folding twice is folding once, and loses no key", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 4 })), (labels) => {
      const folded = foldLabels(labels);
      expect(foldLabels(folded)).toEqual(folded);
      expect(new Set(folded.map(labelKey))).toEqual(new Set(labels.map(labelKey)));
    }),
  );
});
