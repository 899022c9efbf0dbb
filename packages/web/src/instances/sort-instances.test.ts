import { expect, test } from "vitest";
import { anInstance } from "../testing/fixtures.ts";
import { compareBy, isDescending, keepOrder, type Sort } from "./sort-instances.ts";

const all = [
  anInstance({ id: "b", name: "李四", port: 18790, status: "stopped", startedAt: null }),
  anInstance({ id: "a10", name: "team 10", port: 18792, startedAt: "2026-11-22T09:00:00.000Z" }),
  anInstance({ id: "a2", name: "team 2", port: 18791, status: "error" }),
  anInstance({ id: "c", name: "张三", port: 18789, startedAt: "2026-11-22T07:00:00.000Z" }),
];
const ids = (instances: readonly { id: string }[]) => instances.map((instance) => instance.id);
const USAGE: Record<string, { cpuPercent: number; memoryBytes: number }> = {
  a10: { cpuPercent: 5, memoryBytes: 100 },
  c: { cpuPercent: 80, memoryBytes: 50 },
};
const sorted = (sort: Sort, reversed = false) =>
  ids([...all].sort(compareBy({ sort, reversed }, { tag: "zh-CN", usageOf: (id) => USAGE[id] })));

test("names as people sort them, and what needs attention first", () => {
  expect(sorted("name")).toEqual(["b", "c", "a2", "a10"]);
  expect(sorted("name", true)).toEqual(["a10", "a2", "c", "b"]);
  expect(sorted("status")).toEqual(["a2", "c", "a10", "b"]);
  expect(sorted("port")).toEqual(["c", "b", "a2", "a10"]);
});

test("most used and longest running first; what has no number comes last both ways", () => {
  expect(sorted("cpu")).toEqual(["c", "a10", "b", "a2"]);
  expect(sorted("cpu", true)).toEqual(["a10", "c", "b", "a2"]);
  expect(sorted("memory")).toEqual(["a10", "c", "b", "a2"]);
  expect(sorted("uptime")).toEqual(["c", "a10", "b", "a2"]);
});

test("knows which way an order goes, for who hears it", () => {
  expect(isDescending({ sort: "name", reversed: false })).toBe(false);
  expect(isDescending({ sort: "cpu", reversed: false })).toBe(true);
  expect(isDescending({ sort: "uptime", reversed: true })).toBe(false);
});

test("an order that was made stays when a status changes; new ones take their place in it", () => {
  const compare = compareBy({ sort: "status", reversed: false }, { tag: "en-GB" });
  const before = ids(keepOrder([], all, compare));
  const changed = all.map((one) => (one.id === "b" ? { ...one, status: "error" as const } : one));
  expect(ids(keepOrder(before, changed, compare))).toEqual(before);
  const gone = changed.filter((one) => one.id !== "a2");
  const added = anInstance({ id: "new", name: "new", status: "unknown" });
  expect(ids(keepOrder(before, [...gone, added], compare))).toEqual([
    "new",
    ...before.filter((id) => id !== "a2"),
  ]);
});
