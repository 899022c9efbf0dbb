import { expect, test } from "vitest";
import { settled } from "../../../tests/support/deadline.ts";
import { coalesced } from "./coalesced.ts";

function scene() {
  const runs: PromiseWithResolvers<number>[] = [];
  const run = coalesced(() => {
    const one = Promise.withResolvers<number>();
    runs.push(one);
    return one.promise;
  });
  return { runs, run };
}

test("calls during a run share the next one", async () => {
  const { runs, run } = scene();
  const [first, second, third] = [run(), run(), run()];
  runs[0]?.resolve(1);
  expect(await first).toBe(1);
  await settled();
  runs[1]?.resolve(2);
  expect(await Promise.all([second, third])).toEqual([2, 2]);
  expect(runs).toHaveLength(2);
});

test("a call during a run that fails has a run of its own", async () => {
  const { runs, run } = scene();
  const [first, second] = [run(), run()];
  runs[0]?.reject(new Error("away"));
  await expect(first).rejects.toThrow("away");
  await settled();
  runs[1]?.resolve(2);
  expect(await second).toBe(2);
});

test("a call after the end begins another run at once", async () => {
  const { runs, run } = scene();
  const first = run();
  runs[0]?.resolve(1);
  await first;
  void run();
  expect(runs).toHaveLength(2);
});
