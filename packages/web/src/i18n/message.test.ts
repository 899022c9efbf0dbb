import { expect, test } from "vitest";
import { formatMessage, paramNames } from "./message.ts";

test("fills in values, and writes numbers as the language does", () => {
  expect(formatMessage("{name} has {n} lines", { name: "Anna", n: 12_345 }, "en-GB")).toBe(
    "Anna has 12,345 lines",
  );
  expect(formatMessage("{n}", { n: 0.5 }, "de-DE")).toBe("0,5");
});

test("chooses the word by the number", () => {
  const message = "{n} {n|line|lines}";
  expect(formatMessage(message, { n: 1 }, "en-GB")).toBe("1 line");
  expect(formatMessage(message, { n: 0 }, "en-GB")).toBe("0 lines");
  expect(formatMessage(message, { n: 2 }, "en-GB")).toBe("2 lines");
});

test("leaves what has no value, and inserts a value as it is", () => {
  expect(formatMessage("{a} {b}", { a: "{b}" }, "en-GB")).toBe("{b} {b}");
});

test("paramNames lists each name once", () => {
  expect(paramNames("{n} {n|line|lines} of {name}")).toEqual(["n", "name"]);
  expect(paramNames("none")).toEqual([]);
});
