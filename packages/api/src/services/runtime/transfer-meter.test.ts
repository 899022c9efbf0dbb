import type { TransferProgress } from "@claw/core/backup/progress";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTransferMeter } from "./transfer-meter.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A meter of two instances whose data is moved twice: `anna` of 1000 bytes runs, `ben` of 3000 does not. */
function setUp() {
  let last: { progress: number; step: string; detail: TransferProgress } | null = null;
  let told = 0;
  let detail: TransferProgress | null = null;
  const meter = createTransferMeter({
    job: {
      detail: (next) => {
        detail = next;
      },
      report: (progress, step) => {
        told += 1;
        last = { progress, step, detail: detail as TransferProgress };
      },
    },
    now: () => Date.now(),
    passes: ["copying", "packing"],
    instances: [
      { id: "anna", name: "Anna", bytes: 1_000, restarts: false },
      { id: "ben", name: "Ben", bytes: 3_000, restarts: false },
    ],
  });
  const now = () => {
    if (!last) throw new Error("nothing was told");
    return last as NonNullable<typeof last>;
  };
  const line = (id: string) => now().detail.instances.find((each) => each.id === id);
  return { meter, now, line, told: () => told };
}

test("each pass over the data is a part of the whole", () => {
  const { meter, now, line } = setUp();
  meter.step("backup.copy");
  expect(now()).toMatchObject({ progress: 0, step: "backup.copy" });
  expect(now().detail).toMatchObject({ bytes: 0, totalBytes: 4_000, files: 0, secondsLeft: null });
  meter.enter("anna", "copying");
  vi.advanceTimersByTime(300);
  meter.moved("anna", { bytes: 400, files: 2 });
  expect(line("anna")).toMatchObject({ phase: "copying", bytes: 400, totalBytes: 1_000 });
  expect(now().progress).toBeCloseTo(0.05);
  // Nothing waits for an instance that vanished meanwhile.
  meter.enter("anna", "waiting");
  expect(line("anna")).toMatchObject({ phase: "waiting", bytes: 1_000 });
  meter.enter("ben", "copying");
  meter.enter("ben", "packing");
  meter.enter("anna", "packing");
  vi.advanceTimersByTime(300);
  meter.moved("anna", { bytes: 500, files: 1 });
  expect(line("anna")).toMatchObject({ bytes: 500, totalBytes: 1_000 });
  expect(now().detail).toMatchObject({ bytes: 2_250, files: 2 });
  meter.enter("anna", "done");
  meter.enter("ben", "done");
  expect(now()).toMatchObject({ progress: 1, detail: { bytes: 4_000, totalBytes: 4_000 } });
});

test("a file that grew does not make more than all", () => {
  const { meter, line } = setUp();
  meter.enter("anna", "copying");
  meter.moved("anna", { bytes: 5_000, files: 1 });
  vi.advanceTimersByTime(1_000);
  expect(line("anna")?.bytes).toBe(1_000);
});

test("viewers are told of a new phase at once, and of bytes a few times a second", () => {
  const { meter, told } = setUp();
  meter.enter("anna", "copying");
  const before = told();
  for (let ms = 0; ms < 1_000; ms += 10) {
    vi.advanceTimersByTime(10);
    meter.moved("anna", { bytes: ms, files: 1 });
  }
  expect(told() - before).toBeGreaterThanOrEqual(3);
  expect(told() - before).toBeLessThanOrEqual(6);
});

test("the rate is that of the last seconds, and what is left follows from all of it", () => {
  const { meter, now } = setUp();
  meter.enter("ben", "copying");
  for (let second = 1; second <= 3; second++) {
    vi.advanceTimersByTime(1_000);
    meter.moved("ben", { bytes: second * 1_000, files: 1 });
    vi.advanceTimersByTime(250);
  }
  meter.enter("ben", "waiting");
  expect(now().detail.bytesPerSecond).toBe(800);
  expect(now().detail.secondsLeft).toBe(Math.ceil(3.75 * (5 / 3)));
});

test("the rate and the time left of an instance are those of the pass that it is in", () => {
  const { meter, line } = setUp();
  meter.enter("ben", "copying");
  expect(line("ben")).toMatchObject({ bytesPerSecond: 0, secondsLeft: null });
  vi.advanceTimersByTime(1_000);
  meter.moved("ben", { bytes: 1_000, files: 7 });
  vi.advanceTimersByTime(1_000);
  expect(line("ben")).toMatchObject({ bytesPerSecond: 500, secondsLeft: 4, files: 7 });
  expect(line("anna")).toMatchObject({ bytesPerSecond: 0, secondsLeft: null, files: 0 });
  meter.enter("ben", "packing");
  expect(line("ben")).toMatchObject({ bytesPerSecond: 0, secondsLeft: null, files: 7 });
  vi.advanceTimersByTime(1_000);
  meter.moved("ben", { bytes: 3_000, files: 7 });
  vi.advanceTimersByTime(1_000);
  expect(line("ben")).toMatchObject({ bytesPerSecond: 1_500, secondsLeft: 0 });
  meter.enter("ben", "done");
  expect(line("ben")).toMatchObject({ bytesPerSecond: 0, secondsLeft: null, files: 7 });
});

test("the time for which an instance is down goes on by itself, until it is up", () => {
  const { meter, line } = setUp();
  meter.enter("anna", "stopping");
  expect(line("anna")?.downMs).toBeNull();
  meter.down("anna");
  vi.advanceTimersByTime(2_000);
  expect(line("anna")?.downMs).toBe(2_000);
  meter.up("anna");
  vi.advanceTimersByTime(5_000);
  expect(line("anna")?.downMs).toBe(2_000);
  expect(line("ben")?.downMs).toBeNull();
});

test("an instance that goes no further is not waited for", () => {
  const { meter, now, line } = setUp();
  meter.fail("ben", "It was deleted.");
  expect(line("ben")).toMatchObject({ phase: "failed", problem: "It was deleted." });
  expect(now().detail.totalBytes).toBe(1_000);
  meter.warn("anna", "It did not start.");
  expect(line("anna")).toMatchObject({ phase: "waiting", problem: "It did not start." });
  meter.enter("anna", "done");
  expect(now().progress).toBe(1);
});

test("a meter that has ended says nothing any more", () => {
  const { meter, told } = setUp();
  meter[Symbol.dispose]();
  const before = told();
  vi.advanceTimersByTime(10_000);
  expect(told()).toBe(before);
});

/** How far a job of two instances is, whose restarts are all that there is to do. */
function setUpRestarts() {
  const seen: { progress: number; left: number | null }[] = [];
  let left: number | null = null;
  const meter = createTransferMeter({
    job: {
      detail: ({ secondsLeft }) => {
        left = secondsLeft;
      },
      report: (progress) => seen.push({ progress, left }),
    },
    now: () => Date.now(),
    passes: ["copying"],
    instances: ["anna", "ben"].map((id) => ({ id, name: id, bytes: 0, restarts: true })),
  });
  return { meter, at: () => seen.at(-1) ?? { progress: -1, left: null } };
}

test("a stop and a start go on with time, up to most of them, and are done when it is up", () => {
  const { meter, at } = setUpRestarts();
  meter.enter("anna", "stopping");
  vi.advanceTimersByTime(4_000);
  expect(at()).toEqual({ progress: 0.1, left: 36 });
  meter.enter("anna", "copying");
  vi.advanceTimersByTime(4_000);
  expect(at().progress).toBeCloseTo(0.1);
  meter.enter("anna", "starting");
  vi.advanceTimersByTime(60_000);
  expect(at().progress).toBeCloseTo(0.45);
  // A restore test is never down: it is up when it is done.
  meter.enter("anna", "done");
  expect(at().progress).toBeCloseTo(0.5);
  meter[Symbol.dispose]();
});

test("a stop and a start count for the time that they take", () => {
  const { meter, at } = setUpRestarts();
  meter.down("anna");
  expect(at().progress).toBe(0);
  meter.up("anna");
  expect(at().progress).toBe(0.5);
  meter[Symbol.dispose]();
});
