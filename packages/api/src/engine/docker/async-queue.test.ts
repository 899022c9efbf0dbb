import { expect, test } from "vitest";
import { AsyncQueue } from "./async-queue.ts";

async function all(queue: AsyncQueue<number>): Promise<number[]> {
  const seen: number[] = [];
  for await (const value of queue.read()) seen.push(value);
  return seen;
}

test("hands out what was put in, in order, and then its end", async () => {
  const queue = new AsyncQueue<number>({ limit: 10, instead: -1 });
  for (const value of [1, 2, 3]) queue.push(value);
  queue.end();
  queue.push(4);
  expect(await all(queue)).toEqual([1, 2, 3]);
});

test("holds no more than its limit for a reader that does not come", async () => {
  const queue = new AsyncQueue<number>({ limit: 10, instead: -1 });
  for (let value = 0; value < 1_005; value++) queue.push(value);
  queue.end();
  const seen = await all(queue);
  expect(seen.length).toBeLessThanOrEqual(10);
  expect([seen[0], seen.at(-1)]).toEqual([-1, 1_004]);
});

test("throws an error after what was put in before it", async () => {
  const queue = new AsyncQueue<number>({ limit: 10, instead: -1 });
  queue.push(1);
  queue.end(new Error("broken"));
  const read = queue.read();
  expect((await read.next()).value).toBe(1);
  await expect(read.next()).rejects.toThrow("broken");
});
