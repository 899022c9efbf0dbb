import { expect, test } from "vitest";
import { anInstance } from "../testing/fixtures.ts";
import { countByFilter, filterInstances, NO_GROUP } from "./create-instance-list.ts";

const all = [
  anInstance({ id: "b", name: "李四", port: 18790, status: "stopped" }),
  anInstance({ id: "a10", name: "team 10", port: 18792, status: "running" }),
  anInstance({ id: "a2", name: "team 2", port: 18791, status: "error" }),
  anInstance({ id: "c", name: "张三", port: 18789, status: "starting" }),
  anInstance({ id: "new", name: "new", port: 18793, status: "created" }),
];
const ids = (instances: typeof all) => instances.map((instance) => instance.id);

test("counts by what the filters mean", () => {
  expect(countByFilter(all)).toEqual({
    all: 5,
    running: 1,
    busy: 1,
    created: 1,
    stopped: 1,
    error: 1,
    unknown: 0,
  });
});

test("searches name, id and port, each word somewhere", () => {
  const found = (text: string) => ids(filterInstances(all, { text, filter: "all" }));
  expect(found("TEAM 10")).toEqual(["a10"]);
  expect(found("18790")).toEqual(["b"]);
  expect(found("张")).toEqual(["c"]);
  expect(found("  ")).toHaveLength(5);
});

test("a Chinese name is found by how it is typed without a Chinese keyboard", () => {
  const typed: Record<string, string> = { 张三: "zhangsan zs" };
  const found = filterInstances(all, { text: "zs", filter: "all" }, (name) => typed[name] ?? "");
  expect(ids(found)).toEqual(["c"]);
});

test("a group and a tag are met in any spelling, and found as text", () => {
  const some = [
    anInstance({ id: "a", group: "Sales", tags: ["VIP", "x"] }),
    anInstance({ id: "b", group: null, tags: ["vip"] }),
    anInstance({ id: "c", group: "sales", tags: [] }),
  ];
  const found = (query: object) =>
    ids(filterInstances(some, { text: "", filter: "all", ...query }));
  expect(found({ group: "SALES" })).toEqual(["a", "c"]);
  expect(found({ tag: "Vip" })).toEqual(["a", "b"]);
  expect(found({ group: "sales", tag: "vip" })).toEqual(["a"]);
  expect(found({ text: "vip" })).toEqual(["a", "b"]);
  expect(found({ group: "gone" })).toEqual([]);
  expect(found({ group: NO_GROUP })).toEqual(["b"]);
});
