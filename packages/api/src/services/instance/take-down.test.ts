import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { backUp, begin } from "../../../tests/support/backup-home.ts";
import { eventually, settled } from "../../../tests/support/deadline.ts";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { changeImage } from "../../../tests/support/replacing.ts";
import { createTestApp, TEST_IMAGE, type TestApp } from "../../../tests/support/test-app.ts";
import type { Gateways } from "../../gateway/gateway.ts";
import { createMemoryGateways } from "../../gateway/memory/memory-gateways.ts";
import { NOBODY } from "../access/audit-draft.ts";
import { tasksOf } from "../batch/batch-actions.ts";
import { createInstance } from "./create-instance.ts";
import { removeInstance } from "./remove-instance.ts";
import { restartInstance } from "./restart-instance.ts";
import { stopInstance, stopNow } from "./stop-instance.ts";
import { takeDown } from "./take-down.ts";
import { updateInstance } from "./update-instance.ts";

const NEXT = "openclaw:next";

/** An instance whose gateway has work. */
async function withBusyInstance() {
  const gateways = createMemoryGateways();
  const host = new FakeHost();
  const timing = { openclawVersion: "2026.9.6", images: [TEST_IMAGE, NEXT] };
  const app = await createTestApp({ gateways, host, timing });
  await createInstance(app.context, { id: "anna", name: "Anna", start: true });
  await app.until("anna", "running");
  const { board } = app.context.runtime.live;
  const gateway = gateways.of({ header: board.specOf("anna")?.ingress?.header ?? "" });
  gateway.work = [
    { kind: "task", count: 2 },
    { kind: "root-request", count: 1 },
  ];
  app.faults.record();
  return { app, gateway, host };
}

const stops = ({ faults }: TestApp) =>
  faults.calls.filter(({ method }) => method === "engine.stop").length;

/** It shows the work it waits for, and its container still runs. */
async function untilWaiting(app: TestApp): Promise<void> {
  await eventually(() =>
    expect(app.context.runtime.live.board.get("anna")).toMatchObject({
      status: "stopping",
      statusDetail: { code: "FINISHING_WORK", work: ["task", "root-request"] },
    }),
  );
  expect(stops(app)).toBe(0);
}

const REQUESTED: Record<string, (app: TestApp) => Promise<unknown>> = {
  "a stop": ({ context }) => stopInstance(context, "anna"),
  "a restart": ({ context }) => restartInstance(context, "anna"),
};

/** Runs a batch on anna. */
async function inBatch(
  { context, viewer }: TestApp,
  action: "stop" | "restart",
  { signal } = new AbortController(),
): Promise<void> {
  const [task] = tasksOf({ action, ids: ["anna"] });
  const tell = () => {};
  await task?.act({
    ctx: context,
    jobId: "job-1",
    viewer,
    by: NOBODY,
    signal,
    made: null,
    tell,
  });
}

const SCHEDULED: Record<string, (app: TestApp) => Promise<unknown>> = {
  "a stop in a batch": (app) => inBatch(app, "stop"),
  "a backup": (app) => backUp(app, { instanceIds: ["anna"] }),
  "another image": ({ context }) => changeImage(context, "anna", { image: NEXT }),
};

test.each(
  Object.entries({ ...REQUESTED, ...SCHEDULED }),
)("%s lets running work finish, names it, and interrupts none", async (_, takeAway) => {
  const { app: made, gateway, host } = await withBusyInstance();
  await using app = made;
  const done = takeAway(app);
  await untilWaiting(app);
  gateway.work = [];
  host.advance(500);
  await done;
  expect(stops(app)).toBe(1);
  expect(app.context.runtime.live.drains.workOf("anna")).toBeNull();
});

test.each([
  ...Object.entries(REQUESTED).map(([what, takeAway]) => [what, takeAway, 10_000] as const),
  ...Object.entries(SCHEDULED).map(([what, takeAway]) => [what, takeAway, 60_000] as const),
])("%s waits no longer than it may", async (_, takeAway, limitMs) => {
  const { app: made, host } = await withBusyInstance();
  await using app = made;
  const done = takeAway(app);
  await untilWaiting(app);
  host.advance(limitMs - 1);
  await settled();
  await untilWaiting(app);
  host.advance(1);
  await done;
  expect(stops(app)).toBe(1);
});

test.each(
  Object.entries({ ...REQUESTED, ...SCHEDULED }),
)("%s ends its wait on Stop now", async (_, takeAway) => {
  const { app: made } = await withBusyInstance();
  await using app = made;
  const done = takeAway(app);
  await untilWaiting(app);
  await app.client.instances.stopNow.mutate({ id: "anna" });
  await done;
  expect(stops(app)).toBe(1);
});

test("Stop now changes nothing where nothing waits", async () => {
  const { app: made } = await withBusyInstance();
  await using app = made;
  expect(stopNow(app.context, "anna").status).toBe("running");
});

test.each([
  "silent",
  "refusing",
  "off",
  "broken",
] as const)("a gateway that is %s is stopped without a wait", async (mood) => {
  const { app: made, gateway } = await withBusyInstance();
  await using app = made;
  gateway.mood = mood;
  expect((await stopInstance(app.context, "anna")).status).toBe("stopped");
});

test("one that falls silent while its work is waited for is slow, and not dead", async () => {
  const { app: made, gateway, host } = await withBusyInstance();
  await using app = made;
  const done = stopInstance(app.context, "anna");
  await untilWaiting(app);
  gateway.mood = "silent";
  host.advance(500);
  await settled();
  await untilWaiting(app);
  gateway.mood = "open";
  gateway.work = [];
  host.advance(500);
  expect((await done).status).toBe("stopped");
});

test("one that stays silent is stopped when the time is over", async () => {
  const { app: made, gateway, host } = await withBusyInstance();
  await using app = made;
  const done = stopInstance(app.context, "anna");
  await untilWaiting(app);
  gateway.mood = "silent";
  host.advance(9_999);
  await settled();
  await untilWaiting(app);
  host.advance(1);
  expect((await done).status).toBe("stopped");
});

/** The next question about its work stays open until it has an answer. */
function withOpenQuestion({ context: { runtime } }: TestApp) {
  const answer = Promise.withResolvers<Awaited<ReturnType<Gateways["suspend"]>>>();
  const asked = Promise.withResolvers<void>();
  runtime.gateways.suspend = () => {
    asked.resolve();
    return answer.promise;
  };
  return { asked: asked.promise, answer };
}

const ENDS: [string, (on: { app: TestApp; host: FakeHost }) => void][] = [
  ["when the time is over", ({ host }) => host.advance(9_500)],
  ["when somebody wants it now", ({ app }) => void stopNow(app.context, "anna")],
];

test.each(ENDS)("an open question does not hold up the stop %s", async (_, end) => {
  const { app: made, host } = await withBusyInstance();
  await using app = made;
  const done = stopInstance(app.context, "anna");
  await untilWaiting(app);
  const { asked } = withOpenQuestion(app);
  host.advance(500);
  await asked;
  end({ app, host });
  expect((await done).status).toBe("stopped");
});

test("one that is given up before its first answer takes on work again", async () => {
  const { app: made, gateway } = await withBusyInstance();
  await using app = made;
  const { asked, answer } = withOpenQuestion(app);
  const job = new AbortController();
  const done = rejects(inBatch(app, "stop", job), "CANCELLED");
  await asked;
  job.abort(new DomainError("CANCELLED", "given up"));
  const id = gateway.suspend("panel") ?? "";
  answer.resolve({ id, blockers: gateway.work });
  await done;
  expect(stops(app)).toBe(0);
  expect(gateway.suspension).toBeNull();
});

test("one that could not be stopped takes on work again", async () => {
  const { app: made, gateway } = await withBusyInstance();
  await using app = made;
  gateway.work = [];
  const stop = app.faults.pauseNext("engine.stop");
  const done = rejects(stopInstance(app.context, "anna"), "ENGINE_FAILED");
  await stop.reached;
  expect(gateway.suspension).not.toBeNull();
  stop.fail(new DomainError("ENGINE_FAILED", "no"));
  await done;
  expect(gateway.suspension).toBeNull();
});

test("one whose job is given up meanwhile goes on, and takes on work again", async () => {
  const { app: made, gateway } = await withBusyInstance();
  await using app = made;
  const job = new AbortController();
  const done = takeDown(app.context, "anna", { workWithinMs: 60_000, signal: job.signal });
  await eventually(() => expect(app.context.runtime.live.drains.workOf("anna")).not.toBeNull());
  job.abort(new DomainError("CANCELLED", "given up"));
  await rejects(done, "CANCELLED");
  expect(stops(app)).toBe(0);
  expect(gateway.suspension).toBeNull();
});

test.each([
  "stop",
  "restart",
] as const)("a batch that is cancelled gives up the %s, and what it is to be stays", async (action) => {
  const { app: made, gateway } = await withBusyInstance();
  await using app = made;
  // It runs although it should not: a restart would want it to run.
  const desired = action === "stop" ? "running" : "stopped";
  await updateInstance(app.context, "anna", { desired });
  const batch = new AbortController();
  const done = rejects(inBatch(app, action, batch), "CANCELLED");
  await eventually(() => expect(app.context.runtime.live.drains.workOf("anna")).not.toBeNull());
  batch.abort(new DomainError("CANCELLED", "The panel ends."));
  await done;
  expect(stops(app)).toBe(0);
  expect(gateway.suspension).toBeNull();
  expect((await app.context.store.findInstance("anna"))?.desired).toBe(desired);
  expect(app.context.runtime.live.board.get("anna").desired).toBe(desired);
});

test("a backup counts it as down when its work is done", async () => {
  const { app: made, host } = await withBusyInstance();
  await using app = made;
  const { jobs } = app.context.runtime;
  const { id } = await begin(app, { instanceIds: ["anna"] });
  await untilWaiting(app);
  const downMs = async () => {
    const { detail } = await jobs.get(id);
    return detail?.instances.map((each) => each.downMs) ?? [];
  };
  expect(await downMs()).toEqual([null]);
  host.advance(60_000);
  await jobs.finished(id);
  const [down] = await downMs();
  expect(down).not.toBeNull();
  expect(down).toBeLessThan(60_000);
});

test("a replacement counts it as down when its work is done", async () => {
  const { app: made, host } = await withBusyInstance();
  await using app = made;
  const down: string[] = [];
  const onDown = () => void down.push("down");
  const done = changeImage(app.context, "anna", { image: NEXT, onDown });
  await untilWaiting(app);
  expect(down).toEqual([]);
  host.advance(60_000);
  await done;
  expect(down).toEqual(["down"]);
});

test("a deletion ends a stop's wait, and comes after it", async () => {
  const { app: made } = await withBusyInstance();
  await using app = made;
  const stop = inBatch(app, "stop");
  await untilWaiting(app);
  await removeInstance(app.context, { id: "anna", deleteData: true });
  await stop;
  expect(app.context.runtime.live.board.find("anna")).toBeNull();
});

test("a deletion waits for no work", async () => {
  const { app: made, gateway } = await withBusyInstance();
  await using app = made;
  await removeInstance(app.context, { id: "anna", deleteData: true });
  expect(gateway.suspension).toBeNull();
});
