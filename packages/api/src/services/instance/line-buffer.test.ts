import type { LogLine } from "@claw/core/log-cursor";
import { LOG_START } from "@claw/core/log-cursor";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLineBuffer } from "./line-buffer.ts";

let written = 0;
/** The next `count` lines of a log. */
const lines = (count: number): LogLine[] =>
  Array.from({ length: count }, () => {
    written += 1;
    const fraction = String(written).padStart(9, "0");
    return { ts: `2026-01-01T00:00:00.${fraction}Z`, stream: "stdout", text: `line ${written}` };
  });

const setUp = () =>
  createLineBuffer({ start: LOG_START, limit: 10, limitBytes: 100_000, patienceMs: 1_000 });
const numbers = (batch: { lines: LogLine[] } | null) =>
  batch?.lines.map(({ text }) => Number(text.slice(5)));

beforeEach(() => {
  written = 0;
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

test("batches come as they were put in, each with the place after it", async () => {
  const buffer = setUp();
  await buffer.push(lines(2));
  await buffer.push(lines(1));
  const first = await buffer.take();
  expect(numbers(first)).toEqual([1, 2]);
  expect(first?.cursor.stdout).toEqual({ ts: "2026-01-01T00:00:00.000000002Z", count: 1 });
  const second = await buffer.take();
  expect(numbers(second)).toEqual([3]);
  expect(second?.skipped).toBe(0);
});

test("a reader that waits is given what comes", async () => {
  const buffer = setUp();
  const waiting = buffer.take();
  await buffer.push(lines(1));
  expect(numbers(await waiting)).toEqual([1]);
});

test("a reader that waits long enough is given a place all the same", async () => {
  const buffer = setUp();
  const waiting = buffer.take(250);
  await vi.advanceTimersByTimeAsync(250);
  expect(await waiting).toEqual({ lines: [], skipped: 0, cursor: LOG_START });
});

test("the end comes after what was put in, and stays", async () => {
  const buffer = setUp();
  await buffer.push(lines(1));
  buffer.end();
  expect(numbers(await buffer.take())).toEqual([1]);
  expect(await buffer.take()).toBeNull();
  expect(await buffer.take(250)).toBeNull();
});

test("what the log has lost is counted before the lines behind it, also when these are dropped", async () => {
  const buffer = setUp();
  await buffer.push(lines(1));
  await buffer.push(lines(1), 2);
  expect(await buffer.take()).not.toHaveProperty("damaged");
  expect(await buffer.take()).toMatchObject({ skipped: 2, damaged: 2 });
  await buffer.push(lines(6), 1);
  const writing = buffer.push(lines(6));
  await vi.advanceTimersByTimeAsync(1_000);
  await writing;
  expect(await buffer.take()).toMatchObject({ skipped: 7, damaged: 1 });
});

test("an error comes after what was put in", async () => {
  const buffer = setUp();
  await buffer.push(lines(1));
  buffer.end(new Error("broken"));
  expect(numbers(await buffer.take())).toEqual([1]);
  await expect(buffer.take()).rejects.toThrow("broken");
});

test("the end wakes a reader and a writer that wait", async () => {
  const buffer = setUp();
  const reading = buffer.take();
  buffer.end();
  expect(await reading).toBeNull();

  const full = setUp();
  const writing = full.push(lines(11));
  full.end();
  await writing;
  expect(vi.getTimerCount()).toBe(0);
});

describe("a reader that is slow", () => {
  test("holds the writer back and misses nothing", async () => {
    const buffer = setUp();
    await buffer.push(lines(10));
    let room = false;
    const writing = buffer.push(lines(1)).then(() => {
      room = true;
    });
    await vi.advanceTimersByTimeAsync(900);
    expect(room).toBe(false);
    expect(numbers(await buffer.take())).toHaveLength(10);
    await writing;
    const next = await buffer.take();
    expect(numbers(next)).toEqual([11]);
    expect(next?.skipped).toBe(0);
  });

  test("that does not come at all loses the oldest, which are counted once", async () => {
    const buffer = setUp();
    for (let batch = 0; batch < 5; batch++) {
      const writing = buffer.push(lines(4));
      await vi.advanceTimersByTimeAsync(1_000);
      await writing;
    }
    const first = await buffer.take();
    expect(first?.skipped).toBe(12);
    expect(numbers(first)).toEqual([13, 14, 15, 16]);
    const second = await buffer.take();
    expect(second?.skipped).toBe(0);
    expect(numbers(second)).toEqual([17, 18, 19, 20]);
  });

  test("that does not come at all loses the oldest when few lines weigh much", async () => {
    const buffer = setUp();
    const long = (count: number) =>
      lines(count).map((line) => ({ ...line, text: line.text.padEnd(20_000, " ") }));
    await buffer.push(long(2));
    for (let batch = 0; batch < 3; batch++) {
      const writing = buffer.push(long(1));
      await vi.advanceTimersByTimeAsync(1_000);
      await writing;
    }
    const first = await buffer.take();
    expect(first?.skipped).toBe(3);
    expect(numbers(first)).toEqual([4]);
    expect(numbers(await buffer.take())).toEqual([5]);
  });

  test("is waited for once, not for every batch while it stays away", async () => {
    const buffer = setUp();
    await buffer.push(lines(10));
    const writing = buffer.push(lines(5));
    await vi.advanceTimersByTimeAsync(1_000);
    await writing;
    for (let batch = 0; batch < 100; batch++) await buffer.push(lines(5));
    const seen = [];
    let skipped = 0;
    for (let batch = await buffer.take(1); batch?.lines.length; ) {
      seen.push(...batch.lines);
      skipped += batch.skipped;
      const next = buffer.take(1);
      await vi.advanceTimersByTimeAsync(1);
      batch = await next;
    }
    expect(seen.length).toBeLessThanOrEqual(10);
    expect(seen.length + skipped).toBe(515);
    expect(seen.at(-1)?.text).toBe("line 515");
  });

  test("that comes back is waited for again", async () => {
    const buffer = setUp();
    await buffer.push(lines(6));
    const first = buffer.push(lines(5));
    await vi.advanceTimersByTimeAsync(1_000);
    await first;
    expect((await buffer.take())?.skipped).toBe(6);
    await buffer.push(lines(10));
    let room = false;
    const second = buffer.push(lines(1)).then(() => {
      room = true;
    });
    await vi.advanceTimersByTimeAsync(500);
    expect(room).toBe(false);
    await buffer.take();
    await second;
  });

  test("is given a place after the lines it missed", async () => {
    const buffer = setUp();
    await buffer.push(lines(5));
    const writing = buffer.push(lines(6));
    await vi.advanceTimersByTimeAsync(1_000);
    await writing;
    const batch = await buffer.take();
    expect(batch?.skipped).toBe(5);
    expect(batch?.cursor.stdout?.ts).toBe("2026-01-01T00:00:00.000000011Z");
  });
});
