import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  advance,
  earliestStamp,
  formatCursor,
  LOG_START,
  type LogCursor,
  type LogLine,
  linesAfter,
  parseCursor,
} from "./log-cursor.ts";

const START = BigInt(Date.UTC(2026, 10, 22, 16, 22, 7)) * 1_000_000n;

/** A timestamp as Docker writes it, `ns` nanoseconds after the start. */
function stamp(ns: number | bigint): string {
  const at = START + BigInt(ns);
  const seconds = new Date(Number(at / 1_000_000n)).toISOString().slice(0, 19);
  return `${seconds}.${String(at % 1_000_000_000n).padStart(9, "0")}Z`;
}

const line = (stream: LogLine["stream"], ns: number, text = ""): LogLine => ({
  ts: stamp(ns),
  stream,
  text,
});

const NS = fc.bigInt({ min: 0n, max: 10n ** 18n });
const position = fc.option(fc.record({ ts: NS.map(stamp), count: fc.nat(999_999_999) }));
const cursor: fc.Arbitrary<LogCursor> = fc.record({ stdout: position, stderr: position });

describe("formatCursor and parseCursor", () => {
  test("write a cursor as one word", () => {
    expect(formatCursor(LOG_START)).toBe("-,-");
    const stdout = { ts: "2026-11-22T16:22:07.000000001Z", count: 3 };
    expect(formatCursor({ stdout, stderr: null })).toBe("2026-11-22T16:22:07.000000001Z*3,-");
  });

  test("undo one another", () => {
    fc.assert(
      fc.property(cursor, (given) => {
        expect(parseCursor(formatCursor(given))).toEqual(given);
      }),
    );
  });

  const good = "2026-11-22T16:22:07.000000001Z*3";
  test.each([
    "",
    "-",
    "-,-,-",
    ",",
    "0,0",
    good,
    `${good},`,
    `${good},-\n`,
    ` ${good},-`,
    "2026-11-22T16:22:07Z*1,-",
    "2026-11-22T16:22:07.1Z*1,-",
    "2026-11-22T16:22:07.000000001+08:00*1,-",
    "2026-11-22T16:22:07.000000001Z,-",
    "2026-11-22T16:22:07.000000001Z*,-",
    "2026-11-22T16:22:07.000000001Z*-1,-",
    "2026-11-22T16:22:07.000000001Z*1.5,-",
    "2026-11-22T16:22:07.000000001Z*01,-",
    "2026-11-22T16:22:07.000000001Z*1e3,-",
    "2026-11-22T16:22:07.000000001Z*9999999999,-",
    "2026-13-22T16:22:07.000000001Z*1,-",
    "2026-11-22T25:22:07.000000001Z*1,-",
    "2026-11-22T16:61:07.000000001Z*1,-",
    "2026-00-00T00:00:00.000000000Z*1,-",
    "２026-11-22T16:22:07.000000001Z*1,-",
    "null,null",
    "../../etc,-",
    `${"9".repeat(100_000)},-`,
  ])("refuse %j", (text) => {
    expect(parseCursor(text)).toBeNull();
  });

  test("take nothing that would be written otherwise", () => {
    const unit = fc.constantFrom(..."-,*0123456789TZ:.", good, "2026-11-22T16:22:07.000000001Z");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        const parsed = parseCursor(text);
        if (parsed) expect(formatCursor(parsed)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("earliestStamp", () => {
  const early = { ts: stamp(1), count: 1 };
  const late = { ts: stamp(2), count: 1 };
  test.each([
    ["the start", LOG_START, null],
    ["one stream only", { stdout: late, stderr: null }, null],
    ["the other stream only", { stdout: null, stderr: late }, null],
    ["stdout behind", { stdout: early, stderr: late }, early.ts],
    ["stderr behind", { stdout: late, stderr: early }, early.ts],
  ])("of %s", (_, given, expected) => {
    expect(earliestStamp(given)).toBe(expected);
  });
});

describe("advance", () => {
  test("without lines stays where it is", () => {
    fc.assert(
      fc.property(cursor, (given) => {
        expect(advance(given, [])).toEqual(given);
      }),
    );
  });

  test("counts lines of one stamp, each stream for itself", () => {
    const lines = [line("stdout", 5), line("stderr", 5), line("stdout", 5), line("stdout", 6)];
    expect(advance(LOG_START, lines.slice(0, 3))).toEqual({
      stdout: { ts: stamp(5), count: 2 },
      stderr: { ts: stamp(5), count: 1 },
    });
    expect(advance(LOG_START, lines).stdout).toEqual({ ts: stamp(6), count: 1 });
  });

  test("does not change the cursor that it is given", () => {
    const given = { stdout: { ts: stamp(5), count: 1 }, stderr: null };
    advance(given, [line("stdout", 5), line("stderr", 6)]);
    expect(given).toEqual({ stdout: { ts: stamp(5), count: 1 }, stderr: null });
  });

  test("gives the same cursor for one batch and for many", () => {
    const lines = fc.array(
      fc.tuple(fc.constantFrom<LogLine["stream"]>("stdout", "stderr"), fc.nat(5)),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(lines, (given) => {
        const all = given.map(([stream, ns]) => line(stream, ns));
        const oneByOne = all.reduce((at, each) => advance(at, [each]), LOG_START);
        expect(oneByOne).toEqual(advance(LOG_START, all));
      }),
    );
  });
});

describe("a reader that began with the last lines", () => {
  const lines = [
    line("stderr", 0, "long before the rest"),
    line("stdout", 60_000_000_000, "one"),
    line("stdout", 60_000_000_001, "two"),
  ];
  const at = advance(LOG_START, lines.slice(1));

  test("is not given, later on, what the other stream said long before", () => {
    const wanted = linesAfter(at);
    expect(lines.filter(wanted)).toEqual([]);
    expect(earliestStamp(at) ?? "").toBe(stamp(59_000_000_000));
  });

  test("is given what the other stream says next, even if it is stamped a little earlier", () => {
    const late = line("stderr", 59_999_999_999, "stamped before `one`, written after `two`");
    const wanted = linesAfter(at);
    expect([...lines, late].filter(wanted)).toEqual([late]);
  });
});

describe("a reader that is cut off again and again", () => {
  /**
   * The lines of both streams in log order. Timestamps increase within a stream; between streams,
   * written by two goroutines, they may differ by up to a second (measured: 517 of 400k).
   */
  const log = fc
    .array(
      fc.record({
        stream: fc.constantFrom<LogLine["stream"]>("stdout", "stderr"),
        step: fc.constantFrom(0, 0, 1, 2, 1_000),
        lag: fc.constantFrom(0, 0, 1, 3, 900_000_000),
      }),
      { maxLength: 40 },
    )
    .map((parts) => {
      let clock = 1_000_000_000;
      const last = { stdout: 0, stderr: 0 };
      return parts.map(({ stream, step, lag }, i) => {
        clock += step;
        last[stream] = Math.max(last[stream], clock - lag);
        return line(stream, last[stream], String(i));
      });
    });
  const cuts = fc.array(fc.nat(6), { maxLength: 40 });

  /**
   * Docker's answer to `since`: every kept line with that timestamp or a later one, in log order.
   */
  const readFrom = (lines: readonly LogLine[], since: string | null) =>
    lines.filter(({ ts }) => since === null || ts >= since);

  test("gets every line exactly once, in the order of each stream", () => {
    fc.assert(
      fc.property(log, cuts, (lines, sizes) => {
        const given: LogLine[] = [];
        let at = LOG_START;
        // Each connection lasts for some lines; the last one to the end.
        for (const size of [...sizes, Number.POSITIVE_INFINITY]) {
          const fresh = readFrom(lines, earliestStamp(at)).filter(linesAfter(at)).slice(0, size);
          given.push(...fresh);
          at = parseCursor(formatCursor(advance(at, fresh))) as LogCursor;
        }
        expect(given.map(({ text }) => Number(text)).toSorted((a, b) => a - b)).toEqual(
          lines.map((_, i) => i),
        );
        for (const stream of ["stdout", "stderr"] as const)
          expect(given.filter((each) => each.stream === stream)).toEqual(
            lines.filter((each) => each.stream === stream),
          );
      }),
      { numRuns: 500 },
    );
  });

  test("gets lines that are written while it is away", () => {
    fc.assert(
      fc.property(log, fc.nat(), fc.nat(), (lines, first, then) => {
        const cut = first % (lines.length + 1);
        const at = advance(LOG_START, lines.slice(0, cut));
        const written = lines.slice(0, cut + (then % (lines.length - cut + 1)));
        const fresh = readFrom(written, earliestStamp(at)).filter(linesAfter(at));
        expect(fresh).toEqual(written.slice(cut));
      }),
      { numRuns: 500 },
    );
  });

  test("gets all that is left when the oldest lines were rotated away meanwhile", () => {
    const lines = [line("stdout", 5, "a"), line("stdout", 6, "b"), line("stdout", 7, "c")];
    const at = advance(LOG_START, lines.slice(0, 1));
    expect(lines.slice(2).filter(linesAfter(at))).toEqual([lines[2]]);
  });

  test("needs a predicate of its own for each connection, which counts lines of one stamp", () => {
    const lines = [line("stdout", 5, "a"), line("stdout", 5, "b"), line("stdout", 5, "c")];
    const at = advance(LOG_START, lines.slice(0, 2));
    expect(lines.filter(linesAfter(at))).toEqual([lines[2]]);
    expect(lines.filter(linesAfter(at))).toEqual([lines[2]]);
  });
});

test("lines that begin behind a place are counted from there, also amid those of one stamp", () => {
  const from = { stdout: { ts: stamp(5), count: 2 }, stderr: null };
  const cursor = { stdout: { ts: stamp(5), count: 3 }, stderr: { ts: stamp(4), count: 1 } };
  const behind = [
    line("stdout", 5, "third"),
    line("stderr", 4, "seen"),
    line("stdout", 5, "fourth"),
    line("stderr", 4, "new"),
  ];
  const isNew = linesAfter(cursor, from);
  expect(behind.filter(isNew).map(({ text }) => text)).toEqual(["fourth", "new"]);
});
