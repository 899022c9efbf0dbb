import { createRoot } from "solid-js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Api } from "../api/client.ts";
import { createMergedLog } from "./create-merged-log.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

interface Handlers {
  onData: (event: { id: string; data: { lines: object[]; skipped: number } }) => void;
}

function setUp() {
  const streams = new Map<string, Handlers>();
  const subscribe = ({ id }: { id: string }, handlers: Handlers) => {
    streams.set(id, handlers);
    return { unsubscribe: () => streams.delete(id) };
  };
  const api = { trpc: { instances: { logs: { subscribe } } } } as unknown as Api;
  const { log, dispose } = createRoot((dispose) => ({
    log: createMergedLog(api, ["anna", "bob"]),
    dispose,
  }));
  const say = (id: string, second: number, skipped = 0) => {
    const ts = `2026-11-22T08:00:${String(second).padStart(2, "0")}.000000000Z`;
    const lines = [{ ts, stream: "stdout", text: `${second}` }];
    streams.get(id)?.onData({ id: "c", data: { lines, skipped } });
  };
  const shown = () =>
    Array.from({ length: log.ring.length }, (_, at) => {
      const entry = log.ring.at(at);
      return entry?.kind === "line" ? `${entry.source} ${entry.text}` : `skipped ${entry?.count}`;
    });
  return { streams, log, say, shown, dispose };
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
  const { say, shown, dispose } = setUp();
  say("anna", 5);
  vi.advanceTimersByTime(700);
  say("bob", 4);
  vi.advanceTimersByTime(700);
  expect(shown()).toEqual(["anna 5", "bob 4"]);
  dispose();
});
