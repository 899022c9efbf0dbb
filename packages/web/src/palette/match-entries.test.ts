import { expect, test } from "vitest";
import { type Entry, matchEntries } from "./match-entries.ts";

const entry = (key: string, label: string, more: Partial<Entry> = {}): Entry => ({
  key,
  label,
  group: "instances",
  icon: "box",
  run: () => {},
  ...more,
});
const entries = [
  entry("zhangsan", "张三", { hint: "zhangsan 18789", words: "zs" }),
  entry("zhangsanfeng", "张三丰", { hint: "zhangsanfeng 18790", words: "zsf" }),
  entry("stop", "Stop 张三", { group: "actions", words: "zhangsan", onSearch: true }),
  entry("jobs", "Jobs", { group: "pages" }),
  entry("create", "Create instance", { group: "actions" }),
];
const find = (query: string) => matchEntries(entries, query).map(({ key }) => key);

test("offers instances, pages and actions before anything is typed", () => {
  expect(find(" ")).toEqual(["zhangsan", "zhangsanfeng", "jobs", "create"]);
});

test("finds by name, id, port and initials, the whole word before its beginning", () => {
  expect(find("张三")).toEqual(["zhangsan", "zhangsanfeng", "stop"]);
  expect(find("zhangsan")).toEqual(["zhangsan", "zhangsanfeng", "stop"]);
  expect(find("18790")).toEqual(["zhangsanfeng"]);
  expect(find("zsf")).toEqual(["zhangsanfeng"]);
});

test("every word must be somewhere", () => {
  expect(find("stop zhangsan")).toEqual(["stop"]);
  expect(find("stop nobody")).toEqual([]);
});
