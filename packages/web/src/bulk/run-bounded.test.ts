import { expect, test } from "vitest";
import { runBounded } from "./run-bounded.ts";

function aRun(limit: number) {
  const controller = new AbortController();
  const ends: (() => void)[] = [];
  const begun: number[] = [];
  const skipped: number[] = [];
  const done = runBounded([1, 2, 3, 4, 5], {
    limit,
    signal: controller.signal,
    run: (item) => {
      begun.push(item);
      return new Promise<void>((resolve) => ends.push(resolve));
    },
    onSkipped: (item) => skipped.push(item),
  });
  return { controller, ends, begun, skipped, done };
}

test("begins no more than the limit, and the next one when one ends", async () => {
  const { begun, ends } = aRun(2);
  expect(begun).toEqual([1, 2]);
  ends[0]?.();
  await expect.poll(() => begun).toEqual([1, 2, 3]);
});

test("a cancelled run lets what has begun end, and begins nothing more", async () => {
  const { controller, begun, ends, skipped, done } = aRun(2);
  controller.abort();
  expect(skipped).toEqual([]);
  for (const end of ends) end();
  await done;
  expect(begun).toEqual([1, 2]);
  expect(skipped).toEqual([3, 4, 5]);
});
