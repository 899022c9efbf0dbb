import { expect, test } from "vitest";
import { createLogReads, MOST_READ } from "./log-reads.ts";

const never = new AbortController().signal;

/** As many reads as are possible at a time, until `end`. */
function busyReads() {
  const reads = createLogReads();
  const gate = Promise.withResolvers<void>();
  const all = Array.from({ length: MOST_READ }, () => reads(never, () => gate.promise));
  const end = () => {
    gate.resolve();
    return Promise.all(all);
  };
  return { reads, end };
}

test("one more than is possible waits for its turn, and gets its result", async () => {
  const { reads, end } = busyReads();
  let begun = false;
  const ninth = reads(never, async () => {
    begun = true;
    return "read";
  });
  await new Promise(setImmediate);
  expect(begun).toBe(false);
  await end();
  expect(await ninth).toBe("read");
});

test("a reader who leaves while waiting has an answer at once, and the read never begins", async () => {
  const { reads, end } = busyReads();
  const leaves = new AbortController();
  let begun = false;
  const waiting = reads(leaves.signal, async () => {
    begun = true;
  });
  leaves.abort(new Error("left"));
  await expect(waiting).rejects.toThrow("left");
  await end();
  await reads(never, async () => undefined);
  expect(begun).toBe(false);
});

test("a read that fails gives up its place", async () => {
  const reads = createLogReads();
  const fail = () => reads(never, () => Promise.reject(new Error("gone")));
  for (let n = 0; n <= MOST_READ; n++) await expect(fail()).rejects.toThrow("gone");
  expect(await reads(never, async () => "read")).toBe("read");
});
