import { expect, test } from "vitest";
import { settled } from "../../../tests/support/deadline.ts";
import { createChangeFeed } from "./change-feed.ts";

const reader = (feed: ReturnType<typeof createChangeFeed<string>>, signal: AbortSignal) =>
  feed.subscribe(signal)[Symbol.asyncIterator]();

test("a reader learns what changed since it subscribed, and each key once", async () => {
  const feed = createChangeFeed<string>();
  feed.notify("before");
  const changes = reader(feed, new AbortController().signal);
  feed.notify("a");
  feed.notify("b");
  feed.notify("a");
  expect([...(await changes.next()).value]).toEqual(["a", "b"]);
  feed.notify("c");
  expect([...(await changes.next()).value]).toEqual(["c"]);
  await changes.return?.();
});

test("a reader that waits is woken", async () => {
  const feed = createChangeFeed<string>();
  const changes = reader(feed, new AbortController().signal);
  const next = changes.next();
  await settled();
  feed.notify(null);
  expect([...(await next).value]).toEqual([null]);
  await changes.return?.();
});

test("readers do not take from one another", async () => {
  const feed = createChangeFeed<string>();
  const fast = reader(feed, new AbortController().signal);
  const slow = reader(feed, new AbortController().signal);
  feed.notify("a");
  await fast.next();
  feed.notify("b");
  expect([...(await fast.next()).value]).toEqual(["b"]);
  expect([...(await slow.next()).value]).toEqual(["a", "b"]);
});

test("it ends when the signal aborts: waiting, before the first read, and from the start", async () => {
  const feed = createChangeFeed<string>();
  const waiting = new AbortController();
  const changes = reader(feed, waiting.signal);
  const next = changes.next();
  await settled();
  waiting.abort();
  expect((await next).done).toBe(true);

  const early = new AbortController();
  const unread = reader(feed, early.signal);
  feed.notify("a");
  early.abort();
  expect((await unread.next()).done).toBe(true);
  expect((await reader(feed, AbortSignal.abort()).next()).done).toBe(true);
});

test("a reader that leaves listens to its signal no longer", async () => {
  const feed = createChangeFeed<string>();
  const signal = new AbortController().signal;
  let listeners = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    listeners += 1;
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    listeners -= 1;
    removeEventListener.apply(signal, args);
  };
  for (let round = 0; round < 100; round++) {
    const changes = reader(feed, signal);
    feed.notify("a");
    await changes.next();
    await changes.return?.();
  }
  expect(listeners).toBe(0);
});
