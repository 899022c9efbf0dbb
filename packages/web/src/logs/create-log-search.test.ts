import { createRoot, createSignal } from "solid-js";
import { expect, test } from "vitest";
import { createLogSearch } from "./create-log-search.ts";
import { LogRing, type LogSource } from "./log-ring.ts";

function setUp(limit = 100, options = { regex: false, matchCase: false }) {
  const ring = new LogRing(limit);
  const [version, setVersion] = createSignal(0);
  const source: LogSource = { ring, version };
  const log = (...texts: string[]) => {
    const ts = "2026-11-22T08:00:00.000000000Z";
    ring.push([
      { lines: texts.map((text) => ({ ts, stream: "stdout" as const, text })), skipped: 0 },
    ]);
    setVersion((previous) => previous + 1);
  };
  const { search, dispose } = createRoot((dispose) => ({
    search: createLogSearch(
      source,
      () => undefined,
      () => options,
    ),
    dispose,
  }));
  return { log, search, dispose };
}

test("finds what is there and what comes, and begins with the newest", () => {
  const { log, search, dispose } = setUp();
  log("alpha", "beta", "Alphabet");
  search.setQuery("alpha");
  expect([search.matches(), search.current()]).toEqual([[0, 2], 2]);
  log("gamma", "ALPHA");
  expect(search.matches()).toEqual([0, 2, 4]);
  search.setQuery("");
  expect([search.matches(), search.current()]).toEqual([[], undefined]);
  dispose();
});

test("steps through the matches, around both ends", () => {
  const { log, search, dispose } = setUp();
  log("x", "x", "y");
  search.setQuery("x");
  expect(search.position()).toBe(1);
  expect(search.step(1)).toBe(0);
  expect(search.step(-1)).toBe(1);
  search.setQuery("nothing");
  expect(search.step(1)).toBeUndefined();
  dispose();
});

test("forgets matches that were dropped", () => {
  const { log, search, dispose } = setUp(2);
  log("x1", "x2");
  search.setQuery("x");
  log("x3");
  expect(search.matches()).toEqual([1, 2]);
  dispose();
});

test("does not find what is not shown", () => {
  const { log, search, dispose } = setUp();
  log("2026-11-22T16:22:07.707+08:00 [gateway] ready");
  search.setQuery("16:22");
  expect(search.matches()).toEqual([]);
  search.setQuery("ready");
  expect(search.matches()).toEqual([0]);
  dispose();
});

test("an expression may look at where a message begins", () => {
  const { log, search, dispose } = setUp(100, { regex: true, matchCase: true });
  log("2026-11-22T16:22:07.707+08:00 [gateway] ready", "not ready");
  search.setQuery("^ready$");
  expect(search.matches()).toEqual([0]);
  dispose();
});

test("what a JSON line says beside its message is looked through, too", () => {
  const { log, search, dispose } = setUp();
  log('{"message":"late","took":{"ms":42}}', "2026-11-22T16:22:07.742+08:00 [gateway] ready");
  search.setQuery("42");
  expect(search.matches()).toEqual([0]);
  dispose();
});

test("goes to the match nearest to a place", () => {
  const { log, search, dispose } = setUp();
  log("x", "", "", "", "x");
  search.setQuery("x");
  expect([search.goNear(1), search.current()]).toEqual([0, 0]);
  expect(search.goNear(3.2)).toBe(4);
  dispose();
});
