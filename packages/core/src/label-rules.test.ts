import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  changeLabels,
  foldLabels,
  isSameLabel,
  LONGEST_LABEL,
  labelKey,
  labelProblem,
} from "./label-rules.ts";

const anyLabel = fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 });
const anyLabels = fc.array(anyLabel, { maxLength: 8 });

describe("two labels are the same", () => {
  test.each([
    ["VIP", "vip"],
    ["Ｖｉｐ", "VIP"],
    ["é", "e\u0301"],
    ["ﬁn", "FIN"],
    ["销售", "销售"],
  ])("when they differ in case or form alone: %j and %j", (one, other) => {
    expect(isSameLabel(one, other)).toBe(true);
    expect(isSameLabel(other, one)).toBe(true);
  });

  test.each([
    ["VIP", "VIP 2"],
    ["e", "é"],
    ["销售", "銷售"],
    ["a b", "ab"],
  ])("and no others: %j and %j", (one, other) => expect(isSameLabel(one, other)).toBe(false));

  test("exactly when their keys are equal, and a key is its own", () => {
    fc.assert(
      fc.property(anyLabel, anyLabel, (one, other) => {
        expect(isSameLabel(one, other)).toBe(labelKey(one) === labelKey(other));
        expect(isSameLabel(one, one)).toBe(true);
      }),
    );
  });
});

describe("labelProblem", () => {
  test.each([
    ["x".repeat(LONGEST_LABEL), null],
    ["🦞".repeat(LONGEST_LABEL), null],
    ["x".repeat(LONGEST_LABEL + 1), "long"],
    ["🦞".repeat(LONGEST_LABEL + 1), "long"],
    ["", "empty"],
    ["\u200b", "empty"],
    ["one\ttwo", "control"],
    ["\u2066one", "turning"],
  ])("of %j is %j", (text, problem) => expect(labelProblem(text)).toBe(problem));
});

describe("a change of labels", () => {
  const before = { group: "销售", tags: ["VIP", "test"] };

  test("sets, replaces and clears the group", () => {
    expect(changeLabels({ ...before, group: null }, { group: "IT" }).group).toBe("IT");
    expect(changeLabels(before, { group: "IT" })).toEqual({ ...before, group: "IT" });
    expect(changeLabels(before, { group: null })).toEqual({ ...before, group: null });
  });

  test("keeps the spelling of a tag that is there, and appends new ones in order", () => {
    const { tags } = changeLabels(before, { addTags: ["vip", "z", "a"] });
    expect(tags).toEqual(["VIP", "test", "z", "a"]);
  });

  test("removes a tag in any spelling, and ignores one that is not there", () => {
    expect(changeLabels(before, { removeTags: ["Vip", "nothing"] }).tags).toEqual(["test"]);
  });

  test("that adds and removes one tag adds it, in its new spelling", () => {
    const { tags } = changeLabels(before, { addTags: ["vip"], removeTags: ["VIP"] });
    expect(tags).toEqual(["test", "vip"]);
  });

  test("leaves the labels that it was given alone", () => {
    const given = { group: "a", tags: ["b"] };
    changeLabels(given, { group: null, addTags: ["c"], removeTags: ["b"] });
    expect(given).toEqual({ group: "a", tags: ["b"] });
  });

  test("done twice is done once", () => {
    fc.assert(
      fc.property(anyLabels, anyLabels, anyLabels, (tags, addTags, removeTags) => {
        const labels = { group: null, tags: foldLabels(tags) };
        const once = changeLabels(labels, { addTags, removeTags });
        const twice = changeLabels(once, { addTags, removeTags });
        expect(twice.tags.map(labelKey).sort()).toEqual(once.tags.map(labelKey).sort());
        for (const tag of addTags)
          expect(once.tags.some((has) => isSameLabel(has, tag))).toBe(true);
      }),
    );
  });
});
