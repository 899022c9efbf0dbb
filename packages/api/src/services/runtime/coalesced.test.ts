import { expect, test } from "vitest";
import { settled } from "../../../tests/support/deadline.ts";
import { coalesced, coalescedBy } from "./coalesced.ts";

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

test("calls of one key share a run, those of another do not", async () => {
  const runs: string[] = [];
  const ends = Promise.withResolvers<void>();
  const run = coalescedBy(async (key: string) => {
    runs.push(key);
    await ends.promise;
    return key;
  });
  const calls = [run("a"), run("b"), run("a"), run("a")];
  await settled();
  expect(runs).toEqual(["a", "b"]);
  ends.resolve();
  expect(await Promise.all(calls)).toEqual(["a", "b", "a", "a"]);
  expect(runs).toEqual(["a", "b", "a"]);
  expect(await run("a")).toBe("a");
});
