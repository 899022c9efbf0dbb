import fc from "fast-check";
import { expect, test } from "vitest";
import { offsetsIn, placesIn } from "./text-places.ts";

/** Counts one character at a time, as an editor does. */
function counted(text: string, offset: number) {
  let line = 1;
  let column = 1;
  for (let at = 0; at < offset; at++) {
    const ends = text[at] === "\n" || (text[at] === "\r" && text[at + 1] !== "\n");
    line += ends ? 1 : 0;
    column = ends ? 1 : column + 1;
  }
  return { line, column };
}

test.each([
  ["", 0, 1, 1],
  ["{ a }", 2, 1, 3],
  ["{\n  a\n}", 4, 2, 3],
  ["{\r\n  a\r\n}", 5, 2, 3],
  ["{\r  a\r}", 4, 2, 3],
  ["{\n", 2, 2, 1],
  ["\n\n\n", 3, 4, 1],
])("in %j the offset %i is at %i:%i", (text, offset, line, column) => {
  expect(placesIn(text)(offset)).toEqual({ line, column });
});

test("places are those that an editor counts", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "\n", "\r", "\r\n", " ", "名") });
  fc.assert(
    fc.property(text, fc.nat(40), (written, wish) => {
      const offset = Math.min(wish, written.length);
      const place = placesIn(written)(offset);
      expect(place).toEqual(counted(written, offset));
      expect(offsetsIn(written)(place)).toBe(offset);
    }),
  );
});
