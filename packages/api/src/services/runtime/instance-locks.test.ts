import { expect, onTestFinished, test, vi } from "vitest";
import { unreachable } from "../../../tests/support/faulty-engine.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { WORK_MAY_TAKE_MS } from "./drains.ts";
import { createInstanceLocks, WAIT_FOR_ONE_MS } from "./instance-locks.ts";

function setUp() {
  const changes: (string | null)[] = [];
  const locks = createInstanceLocks((id) => changes.push(locks.current(id)));
  return { locks, changes };
}

/** An action that ends when it is told to. */
function open() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return { action: () => promise, finish: resolve, fail: reject };
}

test("a second operation is refused and told what the first is", async () => {
  const { locks } = setUp();
  const first = open();
  const running = locks.exclusive("a", "stopping", first.action);
  await expect(locks.exclusive("a", "starting", async () => {})).rejects.toMatchObject({
    reason: "BUSY",
    message: "The instance a is busy: stopping. Try again when that is done.",
  });
  expect(locks.current("a")).toBe("stopping");
  first.finish("done");
  expect(await running).toBe("done");
  expect(await locks.exclusive("a", "starting", async () => "free")).toBe("free");
});

test("a check of the panel's own is waited for, and no reason to refuse", async () => {
  const { locks } = setUp();
  const check = open();
  const checking = locks.exclusive("a", "reconciling", check.action);
  const removing = locks.exclusive("a", "removing", async () => "removed");
  expect(locks.current("a")).toBe("reconciling");
  check.finish("");
  expect(await Promise.all([checking, removing])).toEqual(["", "removed"]);
});

test("other instances are not kept waiting", async () => {
  const { locks } = setUp();
  const first = open();
  const running = locks.exclusive("a", "stopping", first.action);
  expect(await locks.exclusive("b", "stopping", async () => "b")).toBe("b");
  first.finish("");
  await running;
});

test("what the engine's absence cut short is known until somebody sees to it", async () => {
  const { locks } = setUp();
  await rejects(
    locks.exclusive("a", "stopping", () => Promise.reject(unreachable())),
    "ENGINE_UNREACHABLE",
  );
  await expect(
    locks.exclusive("b", "stopping", () => Promise.reject(new Error("no"))),
  ).rejects.toThrow("no");
  await locks.exclusive("a", "saving", async () => {});
  expect([locks.wasCutShort("a"), locks.wasCutShort("b")]).toEqual([true, false]);
  locks.seeTo("a");
  expect(locks.wasCutShort("a")).toBe(false);
});

test("a failure frees the instance", async () => {
  const { locks } = setUp();
  const failing = () => Promise.reject(new Error("no"));
  await expect(locks.exclusive("a", "starting", failing)).rejects.toThrow("no");
  await expect(locks.afterOthers("a", "starting", failing)).rejects.toThrow("no");
  await expect(
    locks.exclusive("a", "starting", () => {
      throw new Error("at once");
    }),
  ).rejects.toThrow("at once");
  expect(locks.current("a")).toBeNull();
});

test("those that wait run one after the other, never two at a time", async () => {
  const { locks } = setUp();
  const order: string[] = [];
  let inside = 0;
  const step = (name: string) => async () => {
    expect(++inside).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    order.push(name);
    inside -= 1;
  };
  await Promise.all([
    locks.exclusive("a", "creating", step("1")),
    locks.afterOthers("a", "starting", step("2")),
    locks.afterOthers("a", "removing", step("3")),
    locks.afterOthers("a", "starting", step("4")),
  ]);
  expect(order).toEqual(["1", "2", "3", "4"]);
});

test("each beginning and end is told, with the state after it", async () => {
  const { locks, changes } = setUp();
  await locks.exclusive("a", "stopping", async () => {});
  expect(changes).toEqual(["stopping", null]);
});

test("it is handed over to who waits, with no moment at which nothing is done", async () => {
  const { locks, changes } = setUp();
  const first = open();
  const running = locks.exclusive("a", "stopping", first.action);
  const next = locks.afterOthers("a", "starting", async () => "next");
  first.finish("first");
  expect(await Promise.all([running, next])).toEqual(["first", "next"]);
  expect(changes).toEqual(["stopping", "starting", null]);
});

test("an operation can become another one on its way", async () => {
  const { locks, changes } = setUp();
  await locks.exclusive("a", "copying", async (become) => {
    become("backing-up");
    expect(locks.current("a")).toBe("backing-up");
    become("resuming");
  });
  expect(changes).toEqual(["copying", "backing-up", "resuming", null]);
});

test("who waits too long is told what holds it, and for how long; those behind have their turn", async () => {
  const { locks } = setUp();
  const hung = open();
  const running = locks.exclusive("a", "initialising", hung.action);
  const impatient = locks.afterOthers("a", "copying", async () => "late", { withinMs: 20 });
  const patient = locks.afterOthers("a", "starting", async () => "in time");
  await expect(impatient).rejects.toMatchObject({
    reason: "BUSY",
    message: expect.stringMatching(
      /^The instance a is busy: initialising, for 1 second now\. It was waited for 1 second\./,
    ),
  });
  expect(locks.current("a")).toBe("initialising");
  hung.finish("");
  await running;
  expect(await patient).toBe("in time");
  expect(locks.current("a")).toBeNull();
});

test("a job on several waits longer for one of them than a stop after its work lasts", () => {
  const graceMs = 30_000;
  expect(WAIT_FOR_ONE_MS).toBeGreaterThan(WORK_MAY_TAKE_MS.scheduled + graceMs);
});

test("a turn that came in time is not taken back", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { locks } = setUp();
  const first = open();
  const second = open();
  const running = locks.exclusive("a", "stopping", first.action);
  const next = locks.afterOthers("a", "copying", second.action, { withinMs: 20 });
  first.finish("");
  await running;
  await vi.advanceTimersByTimeAsync(40);
  expect(locks.current("a")).toBe("copying");
  second.finish("copied");
  expect(await next).toBe("copied");
});
