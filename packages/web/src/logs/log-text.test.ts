import { describe, expect, test } from "vitest";
import { localTime, parseLogText } from "./log-text.ts";

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
    ["ERROR out of memory", { level: "error", subsystem: null, message: "out of memory" }],
    ["[gateway] Warning: old key", { level: "warn", subsystem: "gateway", message: "old key" }],
    ["[debug] [cron] tick", { level: "debug", subsystem: "cron", message: "tick" }],
    ["Info for you", { level: null, subsystem: null, message: "Info for you" }],
    ['{"level":"ERROR","message":"x"}', { level: "error", subsystem: null, message: "x" }],
    ["{not json", { level: null, subsystem: null, message: "{not json" }],
    ['{"other":1}', { level: null, subsystem: null, message: '{"other":1}' }],
    ["", { level: null, subsystem: null, message: "" }],
  ])("%s", (text, parts) => {
    expect(parseLogText(text)).toMatchObject(parts);
  });

  test("a JSON line has fields, and a message of its own or all of its text", () => {
    const text = '{"level":30,"msg":"hi","took":{"ms":4}}';
    const fields = { level: 30, msg: "hi", took: { ms: 4 } };
    expect(parseLogText(text)).toEqual({ level: null, subsystem: null, message: "hi", fields });
    expect(parseLogText('{"a":[]}')).toMatchObject({ message: '{"a":[]}', fields: { a: [] } });
    expect(parseLogText("[gateway] {}").fields).toBeNull();
    expect(parseLogText("{1}").fields).toBeNull();
  });
});

test("localTime is the time of day to the millisecond", () => {
  expect(localTime("2026-11-22T08:22:07.707123456Z")).toMatch(/^\d\d:22:07\.707$/);
});
