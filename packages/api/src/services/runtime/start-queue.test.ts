import { expect, test } from "vitest";
import { settled as quiet } from "../../../tests/support/deadline.ts";
import { createStartQueue, STARTS_AT_ONCE, type Start } from "./start-queue.ts";

/** A start whose steps a test ends. */
function newStart() {
  const launched = Promise.withResolvers<void>();
  const settled = Promise.withResolvers<void>();
  const seen = { launches: 0, lateErrors: [] as unknown[] };
  const start: Start = {
    launch: () => {
      seen.launches += 1;
      return launched.promise;
    },
    settled: () => settled.promise,
    onLateError: (error) => void seen.lateErrors.push(error),
  };
  return { start, seen, launched, settled };
}

function setUp() {
  const changes: string[] = [];
  const queue = createStartQueue((id) => changes.push(`${id}:${queue.isWaiting(id)}`));
  return { queue, changes };
}

test("two start at once; the third waits until one of them has come up, not only started", async () => {
  const { queue, changes } = setUp();
  const [a, b, c] = [newStart(), newStart(), newStart()];
  const entered = [queue.enter("a", a.start), queue.enter("b", b.start)];
  expect(await queue.enter("c", c.start)).toBe("queued");
  expect(STARTS_AT_ONCE).toBe(2);
  expect(queue.isWaiting("c")).toBe(true);
  expect(changes).toEqual(["c:true"]);
  a.launched.resolve();
  b.launched.resolve();
  expect(await Promise.all(entered)).toEqual(["launched", "launched"]);
  await quiet();
  expect(c.seen.launches).toBe(0);
  a.settled.resolve();
  await quiet();
  expect(c.seen.launches).toBe(1);
  expect(queue.isWaiting("c")).toBe(false);
  for (const each of [a, b, c]) {
    each.launched.resolve();
    each.settled.resolve();
  }
  await queue.idle();
  expect(changes.at(-1)).toBe("c:false");
});

test("twenty come up in their order, never three at a time", async () => {
  const { queue } = setUp();
  const order: string[] = [];
  let starting = 0;
  let most = 0;
  const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
  await Promise.all(
    names.map((id) =>
      queue.enter(id, {
        launch: async () => {
          order.push(id);
          most = Math.max(most, ++starting);
        },
        settled: async () => {
          await quiet();
          starting -= 1;
        },
        onLateError: () => {},
      }),
    ),
  );
  await queue.idle();
  expect(order).toEqual(names);
  expect(most).toBe(2);
});

test("a failed launch is the caller's when it did not wait, and frees the place", async () => {
  const { queue } = setUp();
  const [a, b] = [newStart(), newStart()];
  const entered = queue.enter("a", a.start);
  a.launched.reject(new Error("no port"));
  await expect(entered).rejects.toThrow("no port");
  await queue.idle();
  expect(a.seen.lateErrors).toEqual([]);
  b.launched.resolve();
  b.settled.resolve();
  expect(await queue.enter("b", b.start)).toBe("launched");
  await queue.idle();
});

test("a failed launch is told late when it waited", async () => {
  const { queue } = setUp();
  const [a, b, c] = [newStart(), newStart(), newStart()];
  const entered = [queue.enter("a", a.start), queue.enter("b", b.start)];
  await queue.enter("c", c.start);
  for (const each of [a, b]) {
    each.launched.resolve();
    each.settled.resolve();
  }
  await Promise.all(entered);
  c.launched.reject(new Error("late"));
  await queue.idle();
  expect(c.seen.lateErrors).toEqual([new Error("late")]);
});

test("a start that gives up waiting to come up is told and frees the place", async () => {
  const { queue } = setUp();
  const a = newStart();
  a.launched.resolve();
  expect(await queue.enter("a", a.start)).toBe("launched");
  a.settled.reject(new Error("the panel ends"));
  await queue.idle();
  expect(a.seen.lateErrors).toEqual([new Error("the panel ends")]);
});

test("an instance waits once, however often it is asked to start", async () => {
  const { queue } = setUp();
  const [a, b, c] = [newStart(), newStart(), newStart()];
  void queue.enter("a", a.start);
  void queue.enter("b", b.start);
  expect(await queue.enter("c", c.start)).toBe("queued");
  expect(await queue.enter("c", newStart().start)).toBe("queued");
  for (const each of [a, b, c]) {
    each.launched.resolve();
    each.settled.resolve();
  }
  await queue.idle();
  expect(c.seen.launches).toBe(1);
});

test("an instance that is started again while it comes up does not wait for itself", async () => {
  const { queue } = setUp();
  const [a, b, c] = [newStart(), newStart(), newStart()];
  for (const each of [a, b]) each.launched.resolve();
  expect(await queue.enter("a", a.start)).toBe("launched");
  const taken = queue.take("b", () => b.settled.promise);
  expect(await queue.enter("c", c.start)).toBe("queued");
  for (const id of ["a", "b"]) {
    const again = newStart();
    again.launched.resolve();
    expect(await queue.enter(id, again.start)).toBe("launched");
    expect(again.seen.launches).toBe(1);
  }
  expect([queue.isWaiting("a"), c.seen.launches]).toEqual([false, 0]);
  for (const each of [a, b, c]) {
    each.launched.resolve();
    each.settled.resolve();
  }
  await taken;
  await queue.idle();
  expect(c.seen.launches).toBe(1);
});

test("who takes a place is waited for as a start is, and waits as one", async () => {
  const { queue, changes } = setUp();
  const [a, b] = [newStart(), newStart()];
  const work = Promise.withResolvers<string>();
  const taken = queue.take("x", () => work.promise);
  await queue.enter("a", { ...a.start, launch: async () => {} });
  expect(await queue.enter("b", b.start)).toBe("queued");
  let later = false;
  const laterTaken = queue.take("y", async () => {
    later = true;
  });
  work.resolve("done");
  expect(await taken).toBe("done");
  await quiet();
  expect([b.seen.launches, later]).toEqual([1, false]);
  for (const each of [a, b]) {
    each.launched.resolve();
    each.settled.resolve();
  }
  await laterTaken;
  await queue.idle();
  expect(changes.filter((change) => !/^[ab]:/.test(change))).toEqual([]);
});
