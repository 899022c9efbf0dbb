import { describe, expect, test } from "vitest";
import { localTime, parseLogText, splitMatches } from "./log-text.ts";

describe("parseLogText", () => {
  test.each([
    [
      "2026-11-22T16:22:07.707+08:00 [gateway] loading configuration…",
      { level: null, subsystem: "gateway", message: "loading configuration…" },
    ],
    [
      '{"time":"2026-11-22T16:22:07.707+08:00","level":"warn","subsystem":"channels","message":"no token"}',
      { level: "warn", subsystem: "channels", message: "no token" },
    ],
    ["\u001b[31mred\u001b[0m", { level: null, subsystem: null, message: "red" }],
    ["  indented [x] text", { level: null, subsystem: null, message: "  indented [x] text" }],
    ["{not json", { level: null, subsystem: null, message: "{not json" }],
    ['{"other":1}', { level: null, subsystem: null, message: '{"other":1}' }],
    ["", { level: null, subsystem: null, message: "" }],
  ])("%s", (text, parts) => {
    expect(parseLogText(text)).toEqual(parts);
  });
});

test("splitMatches puts each match between two other pieces, whatever its case", () => {
  expect(splitMatches("No token, no gateway", "no")).toEqual([
    "",
    "No",
    " token, ",
    "no",
    " gateway",
  ]);
  expect(splitMatches("abc", "")).toEqual(["abc"]);
  expect(splitMatches("abc", "x")).toEqual(["abc"]);
});

test("localTime is the time of day to the millisecond", () => {
  expect(localTime("2026-11-22T08:22:07.707123456Z")).toMatch(/^\d\d:22:07\.707$/);
});
