import type { LogLine } from "@claw/core/log-cursor";
import { LINE_LIMIT_BYTES } from "@claw/core/log-size";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createFrameDecoder } from "./log-frames.ts";
import { LineJoiner } from "./log-lines.ts";

const T1 = "2026-11-22T08:22:07.707000001Z";
const T2 = "2026-11-22T08:22:07.707000002Z";

function frame(stream: "stdout" | "stderr", payload: string | Buffer): Buffer {
  const body = Buffer.from(payload);
  const header = Buffer.alloc(8);
  header[0] = stream === "stdout" ? 1 : 2;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

/** Decodes `bytes` in pieces of at most `size`. */
function decode(bytes: Buffer, size = bytes.length || 1): LogLine[] {
  const lines: LogLine[] = [];
  const joiner = new LineJoiner((line) => lines.push(line));
  const push = createFrameDecoder(joiner.onFrame);
  for (let at = 0; at < bytes.length; at += size) push(bytes.subarray(at, at + size));
  joiner.end();
  return lines;
}

test("splits frames into lines of both streams", () => {
  const bytes = Buffer.concat([
    frame("stdout", `${T1} one\n`),
    frame("stderr", `${T1} zwei 中文\n`),
    frame("stdout", `${T2} \n`),
    frame("stdout", `${T2} with spaces  \r\n`),
  ]);
  expect(decode(bytes)).toEqual([
    { ts: T1, stream: "stdout", text: "one" },
    { ts: T1, stream: "stderr", text: "zwei 中文" },
    { ts: T2, stream: "stdout", text: "" },
    { ts: T2, stream: "stdout", text: "with spaces  " },
  ]);
});

test("reads the same lines however the network cuts the stream", () => {
  const line = fc.record({
    stream: fc.constantFrom("stdout" as const, "stderr" as const),
    text: fc.string({ unit: "grapheme", maxLength: 60 }).map((text) => text.replace(/[\r\n]/g, "")),
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), fc.integer({ min: 1, max: 50 }), (all, size) => {
      const bytes = Buffer.concat(all.map((each) => frame(each.stream, `${T1} ${each.text}\n`)));
      expect(decode(bytes, size)).toEqual(all.map((each) => ({ ts: T1, ...each })));
    }),
  );
});

test("joins the frames of a long line, also when a character is cut and the other stream is between", () => {
  const long = Buffer.from(`${"中".repeat(13_334)}x`);
  const cuts = [long.subarray(0, 16_384), long.subarray(16_384, 32_768), long.subarray(32_768)];
  const bytes = Buffer.concat([
    frame("stdout", Buffer.concat([Buffer.from(`${T1} `), cuts[0] ?? Buffer.alloc(0)])),
    frame("stderr", `${T2} between\n`),
    frame("stdout", Buffer.concat([Buffer.from(`${T1} `), cuts[1] ?? Buffer.alloc(0)])),
    frame(
      "stdout",
      Buffer.concat([Buffer.from(`${T1} `), cuts[2] ?? Buffer.alloc(0), Buffer.from("\n")]),
    ),
    frame("stdout", `${T2} next\n`),
  ]);
  expect(decode(bytes, 1_000)).toEqual([
    { ts: T2, stream: "stderr", text: "between" },
    { ts: T1, stream: "stdout", text: long.toString() },
    { ts: T2, stream: "stdout", text: "next" },
  ]);
});

test("hands out a last line without a newline, and one that a crash cut off", () => {
  expect(decode(frame("stdout", `${T1} the end`))).toEqual([
    { ts: T1, stream: "stdout", text: "the end" },
  ]);
  const bytes = Buffer.concat([frame("stdout", `${T1} cut off`), frame("stdout", `${T2} new\n`)]);
  expect(decode(bytes)).toEqual([
    { ts: T1, stream: "stdout", text: "cut off" },
    { ts: T2, stream: "stdout", text: "new" },
  ]);
});

test("cuts a line over the limit and says how long it was", () => {
  const piece = "é".repeat(8 * 1024);
  const frames = Array.from({ length: 80 }, () => frame("stdout", `${T1} ${piece}`));
  const [line, next] = decode(
    Buffer.concat([...frames, frame("stdout", `${T1} end\n`), frame("stdout", `${T2} next\n`)]),
  );
  const bytes = 80 * 16 * 1024 + 3;
  expect(line?.text).toBe(`${"é".repeat(LINE_LIMIT_BYTES / 2)}… [cut: ${bytes} bytes]`);
  expect(next?.text).toBe("next");
  const [whole] = decode(frame("stdout", `${T1} a${"é".repeat(LINE_LIMIT_BYTES)}\n`));
  expect(whole?.text).toBe(
    `a${"é".repeat(LINE_LIMIT_BYTES / 2 - 1)}… [cut: ${2 * LINE_LIMIT_BYTES + 1} bytes]`,
  );
});

test("writes stamps of a daemon in another time zone in UTC", () => {
  const [line] = decode(frame("stdout", "2026-11-22T16:22:07.7+08:00 text\n"));
  expect(line).toEqual({ ts: "2026-11-22T08:22:07.700000000Z", stream: "stdout", text: "text" });
});

test("refuses a stream that is not in frames, and what Docker says in its own frame", () => {
  expect(() => decode(Buffer.from(`${T1} plain text of a terminal\n`))).toThrow(/terminal/);
  const bytes = frame("stdout", "Error grabbing logs: unexpected EOF");
  bytes[0] = 3;
  expect(() => decode(bytes)).toThrow("Docker refused: Error grabbing logs: unexpected EOF");
});
