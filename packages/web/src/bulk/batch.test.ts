import { expect, test } from "vitest";
import { aJob, anInstance } from "../testing/fixtures.ts";
import { type Batch, outcomeOf, progressIn, requestOf, undoOf } from "./batch.ts";

const item = { id: "zhangsan", name: "张三", port: 18789, start: true };
const done = { item, state: "done", failure: undefined } as const;

test("the panel is asked to do one thing to all of them", () => {
  const items = [item, { id: "a", name: "A", group: "销售", tags: ["vip"] }];
  const ids = ["zhangsan", "a"];
  expect(requestOf({ kind: "restart", items }, items)).toEqual({ action: "restart", ids });
  expect(requestOf({ kind: "remove", items, deleteData: true }, [item])).toEqual({
    action: "remove",
    ids: ["zhangsan"],
    options: { deleteData: true },
  });
  expect(requestOf({ kind: "create", items, start: false }, items)).toEqual({
    action: "create",
    instances: [item, { id: "a", name: "A", group: "销售", tags: ["vip"], start: false }],
  });
  const change = { group: null, addTags: ["x"] };
  expect(requestOf({ kind: "label", items, change }, items)).toEqual({
    action: "label",
    instances: ids.map((id) => ({ id, ...change })),
  });
});

test("a job tells of each of its instances how far it is", () => {
  const results = [
    { id: "a", ok: true },
    { id: "b", ok: false, reason: "BUSY" as const, message: "It is busy." },
    { id: "c", ok: false, reason: "CANCELLED" as const, message: "" },
    { id: "f", ok: false, reason: "NOT_BEGUN" as const, message: "" },
  ];
  const result = { action: "start" as const, deleteData: false, results, underWay: ["d"] };
  const job = aJob({ kind: "batch", instanceIds: ["a", "b", "c", "d", "e", "f"], result });
  const states = (patch: object) =>
    [...progressIn(aJob({ ...job, ...patch })).values()].map(({ state }) => state);
  expect(states({})).toEqual(["done", "failed", "done", "running", "waiting", "skipped"]);
  expect(progressIn(job).get("b")?.failure).toEqual({ reason: "BUSY", message: "It is busy." });
  const over = { status: "cancelled", result: { ...result, underWay: [] } };
  expect(states(over)).toEqual(["done", "failed", "done", "skipped", "skipped", "skipped"]);
  const error = { reason: "ENGINE_UNREACHABLE", message: "No Docker." } as const;
  const ended = { ...job, status: "failed", error } as const;
  expect(states(ended)).toEqual(["done", "failed", "done", "failed", "skipped", "skipped"]);
  expect(progressIn(ended).get("d")?.failure).toEqual(error);
  const unexplained = progressIn({ ...ended, error: null }).get("d")?.failure;
  expect(unexplained?.reason).toBe("INTERRUPTED");
  expect(states({ status: "failed", result: null })).toEqual(Array(6).fill("skipped"));
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
  const rollOut: Batch = { kind: "configure", items, patch: { a: 1 } };
  expect(undoOf(rollOut, items, ["job-1"])).toEqual({
    ...{ kind: "restoreConfig", items, jobId: "job-1" },
  });
  expect(undoOf(rollOut, items, ["job-1", "job-2"])).toBeNull();
});
