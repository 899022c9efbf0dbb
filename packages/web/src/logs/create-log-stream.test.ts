import { createRoot } from "solid-js";
import { afterEach, expect, test, vi } from "vitest";
import { createFakeApi, panelError } from "../testing/fake-api.ts";
import { createLogStream } from "./create-log-stream.ts";

afterEach(() => vi.useRealTimers());

const line = (text: string) => ({ ts: "2026-11-22T08:00:00.000000000Z", stream: "stdout", text });
const texts = (stream: ReturnType<typeof createLogStream>) =>
  Array.from({ length: stream.ring.length }, (_, index) => {
    const entry = stream.ring.at(index);
    return entry?.kind === "line" ? entry.text : `skipped ${entry?.count}`;
  });

function setUp(limit?: number) {
  const fake = createFakeApi();
  const { stream, dispose } = createRoot((dispose) => ({
    stream: createLogStream(fake.api, "zhangsan", limit),
    dispose,
  }));
  const push = (cursor: string, lines: string[], skipped = 0) =>
    fake.push("instances.logs", { id: cursor, data: { lines: lines.map(line), skipped } });
  return { fake, stream, dispose, push };
}

test("what comes between two frames is shown at once", () => {
  vi.useFakeTimers({ toFake: ["requestAnimationFrame", "cancelAnimationFrame"] });
  const { stream, push, dispose } = setUp();
  push("1", ["a", "b"]);
  push("2", ["c"], 7);
  expect([stream.started(), stream.version(), stream.ring.length]).toEqual([true, 0, 0]);
  vi.advanceTimersToNextFrame();
  expect([stream.version(), texts(stream)]).toEqual([1, ["a", "b", "skipped 7", "c"]]);
  vi.advanceTimersToNextFrame();
  expect(stream.version()).toBe(1);
  dispose();
});

test("a page that gets no frames keeps no more than the ring holds", () => {
  vi.useFakeTimers({ toFake: ["requestAnimationFrame", "cancelAnimationFrame"] });
  const { stream, push, dispose } = setUp(3);
  push("1", ["a", "b"]);
  push("2", ["c", "d"]);
  expect(texts(stream)).toEqual(["b", "c", "d"]);
  dispose();
});

test("after the panel ended the stream it goes on behind the last batch", () => {
  vi.useFakeTimers();
  const { fake, stream, push, dispose } = setUp();
  push("cursor-1", ["a"]);
  fake.fail("instances.logs", panelError("ENGINE_UNREACHABLE", "away"));
  expect(stream.error()).toBeDefined();
  vi.advanceTimersByTime(5000);
  expect(fake.subscribed("instances.logs")).toEqual([
    { id: "zhangsan", tail: 1000, lastEventId: "cursor-1" },
  ]);
  push("cursor-2", ["b"]);
  vi.advanceTimersByTime(100);
  expect([texts(stream), stream.error()]).toEqual([["a", "b"], undefined]);
  dispose();
  expect(fake.subscribed("instances.logs")).toEqual([]);
});
