import type { BatchRequest } from "@claw/core/batch-request";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { userOf, viewerOf } from "../../../tests/support/sign-in.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { NOBODY } from "../access/audit-draft.ts";
import { createInstance } from "../instance/create-instance.ts";
import { removeInstance } from "../instance/remove-instance.ts";
import { stopInstance } from "../instance/stop-instance.ts";
import { updateInstance } from "../instance/update-instance.ts";
import { TAKES_DOWN, tasksOf } from "./batch-actions.ts";
import type { TaskContext } from "./batch-task.ts";

async function withAnna(startDelayMs = 10) {
  const panel = await createTestPanel({ timing: { startDelayMs, openclawVersion: "2026.9.6" } });
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  return panel;
}

const viewer = viewerOf(userOf({ role: "administrator" }));

interface WorkOptions {
  signal?: AbortSignal;
  made?: NonNullable<Parameters<typeof tasksOf>[1]>["made"];
}

/** The work on anna, bound to a panel. */
function workOf(
  panel: TestPanel,
  request: BatchRequest,
  { signal = AbortSignal.timeout(5_000), made }: WorkOptions = {},
) {
  const on: Omit<TaskContext, "made"> = {
    ...{ ctx: panel.context, jobId: "job-1", viewer, by: NOBODY, signal },
    tell: () => {},
  };
  const [task, ...others] = tasksOf(request, { made });
  if (!task || others.length > 0) throw new Error("one instance, one task");
  return {
    act: async () => task.act({ ...on, made: (await task.choose?.(panel.context)) ?? null }),
    settle: async () => task.settle?.(on),
  };
}
const ids = ["anna"];

test("a start keeps its turn until it is up", async () => {
  await using panel = await withAnna();
  const start = workOf(panel, { action: "start", ids });
  await start.act();
  expect(panel.context.runtime.live.board.get("anna").status).toBe("running");
  await start.settle();
  await workOf(panel, { action: "restart", ids }).act();
  expect(panel.context.runtime.live.board.get("anna").status).toBe("running");
});

test("a start of an instance in a crash loop is judged by its mended configuration", async () => {
  await using panel = await createTestPanel({
    timing: { restartDelayMs: 60_000, openclawVersion: "2026.9.6" },
  });
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const good = (await panel.context.disk.storage.readConfig("anna")) ?? "";
  await panel.context.disk.storage.writeConfig("anna", good.replace("{", "{ // STUB_INVALID\n"));
  const start = workOf(panel, { action: "start", ids });
  await start.act();
  await rejects(start.settle(), "START_FAILED");
  await panel.context.disk.storage.writeConfig("anna", good);
  await start.act();
  await start.settle();
  expect(panel.context.runtime.live.board.get("anna").status).toBe("running");
});

test("a start that somebody takes back has failed, and so has one of what was deleted", async () => {
  await using panel = await withAnna(60_000);
  const start = workOf(panel, { action: "start", ids });
  const acting = start.act();
  await panel.until("anna", "starting");
  await eventually(() => expect(panel.context.runtime.live.locks.current("anna")).toBeNull());
  await stopInstance(panel.context, "anna");
  await acting;
  await expect(start.settle()).rejects.toThrow(/anna did not come up: It was stopped/);
  await removeInstance(panel.context, { id: "anna", deleteData: false });
  const { message } = await rejects(start.settle(), "START_FAILED");
  expect(message).toContain("It was deleted meanwhile.");
});

test("a cancelled batch waits for no start", async () => {
  await using panel = await withAnna(60_000);
  const cancelled = new AbortController();
  const acting = workOf(panel, { action: "start", ids }, { signal: cancelled.signal }).act();
  await panel.until("anna", "starting");
  cancelled.abort();
  await rejects(acting, "CANCELLED");
});

test("what takes an instance down is done when it is down", async () => {
  await using panel = await withAnna();
  expect([...TAKES_DOWN]).toEqual(["stop", "remove"]);
  await workOf(panel, { action: "start", ids }).act();
  await workOf(panel, { action: "stop", ids }).act();
  expect(panel.context.runtime.live.board.get("anna").status).toBe("stopped");
  await workOf(panel, { action: "remove", ids, options: { deleteData: true } }).act();
  expect(panel.context.runtime.live.board.find("anna")).toBeNull();
  expect(await panel.context.disk.storage.hasConfig("anna")).toBe(false);
});

test.each([
  "start",
  "restart",
  "stop",
  "remove",
  "migrate",
] as const)("a %s comes after the operation that it meets", async (action) => {
  await using panel = await withAnna();
  const { locks } = panel.context.runtime.live;
  const other = Promise.withResolvers<void>();
  const meanwhile = locks.exclusive("anna", "starting", () => other.promise);
  const acting = workOf(panel, { action, ids }).act();
  other.resolve();
  await Promise.all([meanwhile, acting]);
});

test("a creation is one of its own use case, and has failed when it does not come up", async () => {
  await using panel = await createTestPanel();
  const ben = { id: "ben", name: "Ben", group: "销售", tags: ["vip"], start: true };
  const work = workOf(panel, { action: "create", instances: [ben] });
  await work.act();
  await work.settle();
  expect(panel.context.runtime.live.board.get("ben")).toMatchObject({
    ...{ name: "Ben", group: "销售", tags: ["vip"], status: "running" },
  });
  await rejects(work.act(), "INSTANCE_EXISTS");
});

describe("a creation that is retried", () => {
  const ben = { id: "ben", name: "Ben", start: true };
  const request: BatchRequest = { action: "create", instances: [ben] };

  test("completes the instance that is there", async () => {
    await using panel = await createTestPanel();
    const { uid } = await createInstance(panel.context, { ...ben, start: false });
    await updateInstance(panel.context, "ben", { phase: "creating" });
    const made = new Map([["ben", { uid }]]);
    const work = workOf(panel, request, { made });
    await work.act();
    await work.settle();
    expect(panel.context.runtime.live.board.get("ben")).toMatchObject({ uid, status: "running" });
    expect(await panel.context.store.findInstance("ben")).toMatchObject({ phase: "ready" });
    await workOf(
      panel,
      { action: "create", instances: [{ ...ben, start: false }] },
      { made },
    ).act();
  });

  test("is one of another uid when the former one is gone, and not done when it is another's", async () => {
    await using panel = await createTestPanel();
    const made = new Map([["ben", { uid: "former" }]]);
    await workOf(panel, request, { made }).act();
    const { uid } = panel.context.runtime.live.board.get("ben");
    expect(uid).not.toBe("former");
    await rejects(workOf(panel, request, { made }).act(), "INSTANCE_EXISTS");
  });
});
