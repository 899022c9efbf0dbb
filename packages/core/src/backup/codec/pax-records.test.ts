import { expect, test } from "vitest";
import { bytesOf, PLATFORM } from "./codec.fixture.ts";
import { parsePax } from "./pax-records.ts";

const parse = (text: string) => parsePax(bytesOf(text), PLATFORM);

test("records are read by length: a name may have a line end and an equals sign", () => {
  expect(parse("14 path=a\nb=c\n16 linkpath=长\n11 size=12\n")).toEqual({
    path: "a\nb=c",
    linkpath: "长",
    size: 12,
  });
});

test.each([
  ["a record of another kind", "12 uname=xy\n"],
  ["one that comes twice", "9 path=a\n9 path=b\n"],
  ["a length beyond its end", "99 path=a\n"],
  ["no length", "path=a\n"],
  ["no line end", "9 path=abc"],
  ["a size that is none", "11 size=-1\n"],
])("%s is refused", (_, text) => {
  expect(() => parse(text)).toThrow(/header/);
});

test("a name that is not UTF-8 is refused", () => {
  const body = bytesOf("9 path=x\n");
  body[7] = 0xff;
  expect(() => parsePax(body, PLATFORM)).toThrow(/not UTF-8/);
});
