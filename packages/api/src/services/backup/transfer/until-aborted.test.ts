import { expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { untilAborted } from "./until-aborted.ts";

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

test("passes on each item, and the end", async () => {
  async function* items() {
    yield 1;
    yield 2;
  }
  expect(await collect(untilAborted(items(), new AbortController().signal))).toEqual([1, 2]);
});

test("ends while it waits for the next item, and lets the source end", async () => {
  const abort = new AbortController();
  const ended = Promise.withResolvers<void>();
  const source = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise<never>(() => abort.abort()),
      async return() {
        ended.resolve();
        return { done: true as const, value: undefined };
      },
    }),
  };
  await rejects(collect(untilAborted(source, abort.signal)), "CANCELLED");
  await ended.promise;
});

test("an abort before the beginning takes no item", async () => {
  let isTaken = false;
  async function* items() {
    isTaken = true;
    yield 1;
  }
  await rejects(collect(untilAborted(items(), AbortSignal.abort())), "CANCELLED");
  expect(isTaken).toBe(false);
});
