import { expect, test } from "vitest";
import { LogRing } from "./log-ring.ts";

const lines = (...texts: string[]) =>
  texts.map((text) => ({ ts: "2026-11-22T08:00:00.000000000Z", stream: "stdout" as const, text }));

test("keeps the newest entries, and each keeps its number", () => {
  const ring = new LogRing(3);
  ring.push([{ lines: lines("a", "b"), skipped: 0 }]);
  ring.push([{ lines: lines("c", "d"), skipped: 0 }]);
  expect([ring.first, ring.next, ring.length]).toEqual([1, 4, 3]);
  expect(ring.at(0)).toMatchObject({ number: 1, text: "b" });
  expect(ring.get(3)).toMatchObject({ text: "d" });
  expect(ring.get(0)).toBeUndefined();
});

test("marks where lines were left out", () => {
  const ring = new LogRing(10);
  ring.push([
    { lines: lines("a"), skipped: 0 },
    { lines: lines("b"), skipped: 12 },
  ]);
  expect([0, 1, 2].map((index) => ring.at(index)?.kind)).toEqual(["line", "skipped", "line"]);
});

test("a batch larger than the ring leaves its end", () => {
  const ring = new LogRing(2);
  ring.push([{ lines: lines("a", "b", "c", "d", "e"), skipped: 0 }]);
  expect([ring.at(0), ring.at(1)]).toMatchObject([{ text: "d" }, { text: "e" }]);
});
