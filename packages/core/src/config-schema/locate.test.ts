import fc from "fast-check";
import json5 from "json5";
import { describe, expect, test, vi } from "vitest";
import { isObject } from "../is-object.ts";
import { anyObject, anySeed, drawFrom, textOf, writeDocument } from "../json5.fixture.ts";
import { tokenEnd, valueEnd } from "../json5-tokens.ts";
import { locate } from "./locate.ts";

/** json5 logs a warning about line separators in strings to the console. */
vi.spyOn(console, "warn").mockImplementation(() => {});

/** The source of the key, and the value, that lie at `path`. */
function found(text: string, ...path: string[]) {
  const [place] = locate(text, [path]);
  if (!place) return null;
  const { key, value } = place;
  return {
    key: key === null ? null : text.slice(key, tokenEnd(text, key)),
    value: json5.parse<unknown>(text.slice(value, valueEnd(text, value))),
  };
}

/** Every path in a value, with what lies there. */
function* pathsOf(value: unknown, path: string[] = []): Generator<[string[], unknown]> {
  yield [path, value];
  const members = Array.isArray(value) || isObject(value) ? Object.entries(value) : [];
  for (const [key, member] of members) yield* pathsOf(member, [...path, key]);
}

const TEXT = `// a comment with { brackets
{
  gateway: { // "port": 1
    'port': 18789, "frob\\u006eicate": true, },
  list: [ 1, { a: 'x' }, /* ] */ [ 2 ], ],
}`;

describe("a value", () => {
  test("is found with its key, however both are written", () => {
    expect(found(TEXT, "gateway", "port")).toEqual({ key: "'port'", value: 18789 });
    expect(found(TEXT, "gateway", "frobnicate")).toEqual({
      key: '"frob\\u006eicate"',
      value: true,
    });
    expect(found(TEXT, "list", "1", "a")).toEqual({ key: "a", value: "x" });
    expect(found(TEXT, "list", "2", "0")).toEqual({ key: null, value: 2 });
    expect(found(TEXT)?.key).toBeNull();
  });

  test("that is not there is not found", () => {
    for (const path of [["nothing"], ["gateway", "auth"], ["list", "3"], ["gateway", "port", "0"]])
      expect(found(TEXT, ...path)).toBeNull();
  });

  test("is that of the last of equal keys, also within it", () => {
    expect(found("{a: {b: 1}, a: {c: 2}}", "a", "c")?.value).toBe(2);
    expect(found("{a: {b: 1}, a: {c: 2}}", "a", "b")).toBeNull();
    expect(found("{a: {b: 1}, a: 3}", "a", "b")).toBeNull();
  });

  test("is found wherever the parser has it, in any notation", () => {
    fc.assert(
      fc.property(anySeed, anyObject, (seed, object) => {
        const text = textOf(writeDocument(drawFrom(seed), object));
        const all = [...pathsOf(json5.parse(text))];
        const places = locate(
          text,
          all.map(([path]) => path),
        );
        for (const [at, [path, value]] of all.entries()) {
          const place = places[at];
          if (!place) throw new Error(`${JSON.stringify(path)} was not found`);
          expect(json5.parse(text.slice(place.value, valueEnd(text, place.value)))).toEqual(value);
        }
      }),
    );
  });
});

test("a long text is read once, however many places are wanted", () => {
  const keys = Array.from({ length: 10_000 }, (_, at) => `key${at}`);
  const text = `{${keys.map((key) => `${key}: { a: [1] }`).join(",\n")}}`;
  const places = locate(
    text,
    keys.map((key) => [key, "a", "0"]),
  );
  expect(places.every((place) => place !== null && text[place.value] === "1")).toBe(true);
});
