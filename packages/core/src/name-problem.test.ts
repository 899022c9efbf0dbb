import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nameProblem, nameSentences } from "./name-problem.ts";

describe("a name", () => {
  test.each([
    "Anna",
    "安娜的助手",
    "  padded  ",
    "أحمد",
    "שרה",
    "👩‍👩‍👧",
    "O'Neill & Söhne <b>",
    "x".repeat(64),
    "🦞".repeat(64),
    `${" ".repeat(500)}x${" ".repeat(500)}`,
  ])("may be %j", (name) => expect(nameProblem(name)).toBeNull());

  test.each([
    ["empty", ""],
    ["empty", "   "],
    ["empty", "\u00a0\u3000"],
    ["empty", "\u200b\u200d\ufeff"],
    ["empty", "\u115f\u3164"],
    ["long", "x".repeat(65)],
    ["long", "🦞".repeat(65)],
    ["long", " ".repeat(1_025)],
    ["control", "a\nb"],
    ["control", "a\u0000b"],
    ["control", "a\u001b[31mb"],
    ["control", "a\u2028b"],
    ["control", "a\ud800b"],
    ["turning", "a\u202eb"],
    ["turning", "\u2067a"],
    ["turning", "a\u200fb"],
  ])("is %s: %j", (problem, name) => expect(nameProblem(name)).toBe(problem));

  test("may be as long as its field allows", () => {
    expect(nameProblem("x".repeat(41), 40)).toBe("long");
    expect(nameProblem("x".repeat(40), 40)).toBeNull();
  });

  test("is judged as it is stored, without the space around it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (name) => {
        expect(nameProblem(`  ${name}\t `)).toBe(nameProblem(name));
        expect(nameProblem(name.trim())).toBe(nameProblem(name));
      }),
    );
  });
});

test("each problem has a sentence about its field", () => {
  const sentences = nameSentences("A tag", 40);
  expect(Object.keys(sentences).sort()).toEqual(["control", "empty", "long", "turning"]);
  for (const sentence of Object.values(sentences)) expect(sentence).toMatch(/^A tag must .*\.$/);
  expect(sentences.long).toContain("1 to 40 characters");
});
