import { expect, test } from "vitest";
import { createFakeApi } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { type Batch, outcomeOf, runItem, undoOf } from "./batch.ts";

const item = { id: "zhangsan", name: "张三", port: 18789, start: true };
const done = { item, state: "done", error: undefined } as const;

test("does the one thing to each instance", async () => {
  const fake = createFakeApi({
    "instances.restart": () => null,
    "instances.remove": () => null,
    "instances.create": () => null,
  });
  const items = [item];
  await runItem(fake.api, { kind: "restart", items }, item);
  await runItem(fake.api, { kind: "remove", items, deleteData: true }, item);
  await runItem(fake.api, { kind: "create", items, start: false }, item);
  await runItem(fake.api, { kind: "create", items, start: false }, { id: "a", name: "A" });
  expect(fake.calls).toEqual([
    { path: "instances.restart", input: { id: "zhangsan" } },
    { path: "instances.remove", input: { id: "zhangsan", deleteData: true } },
    { path: "instances.create", input: item },
    { path: "instances.create", input: { id: "a", name: "A", start: false } },
  ]);
});

test("a start counts when the instance has come up", () => {
  const start: Batch = { kind: "start", items: [item] };
  const outcome = (status: "starting" | "running" | "error") =>
    outcomeOf(start, done, anInstance({ status }));
  expect([outcome("starting"), outcome("running"), outcome("error")]).toEqual([
    "running",
    "done",
    "failed",
  ]);
  expect(outcomeOf({ kind: "stop", items: [item] }, done, anInstance({ status: "error" }))).toBe(
    "done",
  );
});

test("offers to take back only what is really taken back", () => {
  const items = [item];
  expect(undoOf({ kind: "stop", items }, items)).toEqual({ kind: "start", items });
  expect(undoOf({ kind: "remove", items, deleteData: false }, items)).toMatchObject({
    kind: "create",
    items: [{ id: "zhangsan", name: "张三", port: 18789, start: true }],
  });
  expect(undoOf({ kind: "remove", items, deleteData: true }, items)).toBeNull();
  expect(undoOf({ kind: "restart", items }, items)).toBeNull();
});
