import { createEffect, createRoot } from "solid-js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createFakeApi } from "../testing/fake-api.ts";
import { createStatsFeed, TOGETHER } from "./create-stats-feed.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const use = (id: string, cpuPercent: number, received = 0) => ({
  id,
  cpuPercent,
  memoryBytes: 1000,
  memoryLimitBytes: 4000,
  networkReceivedBytes: received,
  networkSentBytes: 0,
});

function setUp() {
  const fake = createFakeApi();
  const { feed, dispose } = createRoot((dispose) => ({
    feed: createStatsFeed(fake.api),
    dispose,
  }));
  const tick = (...uses: object[]) => {
    vi.advanceTimersByTime(2000);
    fake.push("instances.stats", uses);
  };
  return { fake, feed, dispose, tick, open: () => fake.subscribed("instances.stats") };
}

test("one subscription for what is held, and none when nothing is", () => {
  const { feed, dispose, open } = setUp();
  expect(open()).toEqual([]);
  const release = [feed.hold("b"), feed.hold("a"), feed.hold("a")];
  vi.advanceTimersByTime(100);
  expect(open()).toEqual([{ ids: ["a", "b"] }]);
  release[1]?.();
  release[0]?.();
  release[0]?.();
  vi.advanceTimersByTime(5200);
  expect(open()).toEqual([{ ids: ["a"] }]);
  release[2]?.();
  vi.advanceTimersByTime(4000);
  expect(open()).toEqual([{ ids: ["a"] }]);
  vi.advanceTimersByTime(1200);
  expect(open()).toEqual([]);
  dispose();
});

test("who holds all together asks for all", () => {
  const { feed, dispose, open, tick } = setUp();
  feed.hold("a");
  feed.hold(TOGETHER);
  vi.advanceTimersByTime(100);
  expect(open()).toEqual([undefined]);
  tick(use("a", 3), use("b", 4));
  expect(feed.current(TOGETHER)).toMatchObject({ cpu: 7, memory: 2000, memoryLimit: 8000 });
  expect(feed.recent("b").map(({ cpu }) => cpu)).toEqual([4]);
  dispose();
});

test("a hidden page asks for nothing, and goes on when it is seen again", () => {
  const { feed, dispose, open } = setUp();
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  feed.hold("a");
  vi.advanceTimersByTime(100);
  expect(open()).toEqual([]);
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(open()).toHaveLength(1);
  hidden.mockReturnValue(true);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(open()).toEqual([]);
  dispose();
});

test("rates come from counters, and not from a restart or a gap", () => {
  const { feed, dispose, tick } = setUp();
  feed.hold("a");
  vi.advanceTimersByTime(100);
  tick(use("a", 1, 1000));
  tick(use("a", 1, 5000));
  tick(use("a", 1, 10));
  vi.advanceTimersByTime(60_000);
  tick(use("a", 1, 90_000));
  expect(feed.recent("a").map(({ received }) => received)).toEqual([null, 2000, null, null]);
  dispose();
});

test("who is not told of has no current use, and keeps what was seen", () => {
  const { feed, dispose, tick } = setUp();
  feed.hold("a");
  vi.advanceTimersByTime(100);
  tick(use("a", 1));
  expect(feed.current("a")?.cpu).toBe(1);
  tick();
  expect(feed.current("a")).toBeUndefined();
  expect([feed.recent("a").length, feed.hour("a").length]).toEqual([1, 1]);
  dispose();
});

test("viewers are told once a tick", () => {
  const { feed, dispose, tick } = setUp();
  let runs = 0;
  createRoot(() => {
    createEffect(() => {
      feed.current("a");
      feed.recent("b");
      runs += 1;
    });
  });
  feed.hold("a");
  feed.hold("b");
  vi.advanceTimersByTime(100);
  tick(use("a", 1), use("b", 2));
  tick(use("a", 1), use("b", 2));
  expect(runs).toBe(3);
  dispose();
  expect(feed.current("a")?.cpu).toBe(1);
});

test("numbers that stop coming are not of now for long; what was seen is kept", () => {
  const { feed, dispose, tick } = setUp();
  feed.hold("a");
  vi.advanceTimersByTime(100);
  tick(use("a", 3));
  vi.advanceTimersByTime(9000);
  expect(feed.current("a")).toMatchObject({ cpu: 3 });
  vi.advanceTimersByTime(1000);
  expect(feed.current("a")).toBeUndefined();
  expect(feed.recent("a")).toHaveLength(1);
  tick(use("a", 4));
  expect(feed.current("a")).toMatchObject({ cpu: 4 });
  dispose();
});
