import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDuration, parseSize } from "./units.ts";

describe("parseDuration", () => {
  test.each([
    ["30s", 30],
    ["0s", 0],
    ["15s", 15],
    ["1m30s", 90],
    ["2h45m", 9900],
    ["1h5m30s20ms", 3930.02],
    ["500ms", 0.5],
    ["250us", 0.00025],
    ["1.5m", 90],
    ["1.25h", 4500],
  ])("%s is %f seconds", (text, seconds) => {
    expect(parseDuration(text)).toBeCloseTo(seconds, 9);
  });

  test.each([
    "",
    "30",
    "s",
    "30 s",
    "30sec",
    "-30s",
    "+30s",
    "1,5s",
    ".5s",
    "1.s",
    "30S",
    "30s ",
    "1d",
    "30s\n",
    "1e3s",
    "∞s",
  ])("refuses %j", (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  test("refuses what is longer than an engine can count", () => {
    expect(parseDuration("2562047h")).toBe(2562047 * 3600);
    expect(parseDuration("2562048h")).toBeNull();
    expect(parseDuration(`${"9".repeat(400)}s`)).toBeNull();
  });

  test("adds up its parts", () => {
    const amount = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(amount, amount, amount, amount, (h, m, s, ms) => {
        const seconds = h * 3600 + m * 60 + s + ms / 1000;
        expect(parseDuration(`${h}h${m}m${s}s${ms}ms`)).toBeCloseTo(seconds, 6);
      }),
    );
  });
});

describe("parseSize", () => {
  test.each([
    ["2g", 2147483648],
    ["2G", 2147483648],
    ["2gb", 2147483648],
    ["2GB", 2147483648],
    ["512m", 536870912],
    ["512mb", 536870912],
    ["64k", 65536],
    ["64kb", 65536],
    ["100b", 100],
    ["100", 100],
    ["1.5g", 1610612736],
    ["0.3k", 307],
  ])("%s is %i bytes", (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  test.each([
    "",
    "g",
    "2 g",
    "-2g",
    "2bb",
    "2bg",
    "2gg",
    "2gib",
    "2t",
    ".5g",
    "1,5g",
    "2g ",
    "2g\n",
    "0x10",
    "1e9",
  ])("refuses %j", (text) => {
    expect(parseSize(text)).toBeNull();
  });

  test("refuses what no longer is a number of bytes, which an engine would take for no limit", () => {
    expect(parseSize(`${"9".repeat(400)}g`)).toBeNull();
    expect(parseSize("8388608g")).toBeNull();
    expect(parseSize("8388607g")).toBe(8388607 * 1024 ** 3);
  });

  test("is a whole number of bytes whatever the fraction", () => {
    fc.assert(
      fc.property(
        fc.nat(9999),
        fc.nat(999),
        fc.constantFrom("", "b", "k", "mb", "G"),
        (a, b, unit) => {
          const bytes = parseSize(`${a}.${b}${unit}`);
          expect(Number.isSafeInteger(bytes)).toBe(true);
        },
      ),
    );
  });
});
