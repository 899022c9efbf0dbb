import { createRoot } from "solid-js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Api } from "../api/client.ts";
import { createMergedLog } from "./create-merged-log.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

interface Handlers {
  onData: (event: { id: string; data: { lines: object[]; skipped: number } }) => void;
}

const line = (second: number) => ({
  ts: new Date(Date.UTC(2026, 10, 22, 8) + second * 1000).toISOString().replace("Z", "000000Z"),
  stream: "stdout",
  text: `${second}`,
});

function setUp(olderLines: () => object[] = () => []) {
  const streams = new Map<string, Handlers>();
  const subscribe = ({ id }: { id: string }, handlers: Handlers) => {
    streams.set(id, handlers);
    return { unsubscribe: () => streams.delete(id) };
  };
  const olderLogs = { query: () => Promise.resolve({ lines: olderLines() }) };
  const api = { trpc: { instances: { logs: { subscribe }, olderLogs } } } as unknown as Api;
  const { log, dispose } = createRoot((dispose) => ({
    log: createMergedLog(api, ["anna", "bob"]),
    dispose,
  }));
  const send = (id: string, lines: object[], skipped = 0) =>
    streams.get(id)?.onData({ id: "c", data: { lines, skipped } });
  const say = (id: string, second: number, skipped = 0) => send(id, [line(second)], skipped);
  const shown = () =>
    Array.from({ length: log.ring.length }, (_, at) => {
      const entry = log.ring.at(at);
      return entry?.kind === "line" ? `${entry.source} ${entry.text}` : `skipped ${entry?.count}`;
    });
  return { streams, log, send, say, shown, dispose };
}

test("lines of several logs are shown by time, once others had time to come", () => {
  const { streams, say, shown, dispose } = setUp();
  say("anna", 3);
  vi.advanceTimersByTime(300);
  say("bob", 1);
  say("bob", 2, 4);
  expect(shown()).toEqual([]);
  vi.advanceTimersByTime(300);
  expect(shown()).toEqual(["bob 1", "skipped 4", "bob 2", "anna 3"]);
  dispose();
  expect(streams.size).toBe(0);
});

test("a line that comes too late goes below what has been shown", () => {
  const { say, send, shown, dispose } = setUp();
  say("anna", 5);
  send("bob", []);
  vi.advanceTimersByTime(700);
  say("bob", 4);
  vi.advanceTimersByTime(700);
  expect(shown()).toEqual(["anna 5", "bob 4"]);
  dispose();
});

test("begins once all have answered, or when one has not for a while", () => {
  const { log, say, shown, dispose } = setUp();
  say("anna", 5);
  vi.advanceTimersByTime(2000);
  expect([log.started(), shown()]).toEqual([false, []]);
  vi.advanceTimersByTime(1500);
  expect([log.started(), shown()]).toEqual([true, ["anna 5"]]);
  dispose();
});

test("says that it has begun when there is no line at all", () => {
  const { log, send, dispose } = setUp();
  send("anna", []);
  send("bob", []);
  vi.advanceTimersByTime(200);
  expect(log.started()).toBe(true);
  expect(log.older.state()).toBe("more");
  dispose();
});

test("a log that reaches further back waits for the others, whose older lines come between", async () => {
  const { log, send, shown, dispose } = setUp(() => [line(100), line(450)]);
  const from = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => line(first + index));
  send("anna", from(400, 100));
  send("bob", from(490, 300));
  vi.advanceTimersByTime(700);
  expect(shown().slice(0, 2)).toEqual(["anna 490", "bob 490"]);
  expect(shown()).toHaveLength(310);
  await log.older.load();
  expect(shown()).toHaveLength(402);
  expect(shown().slice(0, 2)).toEqual(["bob 100", "anna 400"]);
  expect(shown().slice(50, 53)).toEqual(["anna 449", "anna 450", "bob 450"]);
  expect(log.older.state()).toBe("beginning");
  dispose();
});
