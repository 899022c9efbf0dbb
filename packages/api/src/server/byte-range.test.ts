import { expect, test } from "vitest";
import { byteRange } from "./byte-range.ts";

test.each([
  ["bytes=0-", { start: 0, end: 99 }],
  ["bytes=0-0", { start: 0, end: 0 }],
  ["bytes=10-19", { start: 10, end: 19 }],
  ["bytes=99-", { start: 99, end: 99 }],
  ["bytes=10-99999999999999999999", { start: 10, end: 99 }],
  ["bytes=-1", { start: 99, end: 99 }],
  ["bytes=-100", { start: 0, end: 99 }],
  ["bytes=-99999999999999999999", { start: 0, end: 99 }],
  ["BYTES=1-2", { start: 1, end: 2 }],
  [" bytes=1-2 ", { start: 1, end: 2 }],
])("of 100 bytes %j is a part", (header, part) => expect(byteRange(header, 100)).toEqual(part));

test.each([
  undefined,
  "",
  "bytes",
  "bytes=",
  "bytes=-",
  "bytes=5-4",
  "bytes=0-1,5-6",
  "bytes=a-b",
  "bytes=0x1-2",
  "bytes=-1-2",
  "bytes=1-2-3",
  "bytes=1.5-2",
  "bytes= 1-2",
  "items=0-1",
])("of 100 bytes %j is all", (header) => expect(byteRange(header, 100)).toBe("whole"));

test.each([
  "bytes=100-",
  "bytes=100-200",
  "bytes=99999999999999999999-",
  "bytes=-0",
])("of 100 bytes %j is nothing", (header) => expect(byteRange(header, 100)).toBe("unsatisfiable"));

test.each(["bytes=0-", "bytes=-1", "bytes=-0"])("of no bytes %j is nothing", (header) =>
  expect(byteRange(header, 0)).toBe("unsatisfiable"));
