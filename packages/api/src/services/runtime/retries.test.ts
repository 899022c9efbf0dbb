import { expect, test } from "vitest";
import { settled } from "../../../tests/support/deadline.ts";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { createRetries, PAUSES_MS } from "./retries.ts";

function setUp() {
  const host = new FakeHost();
  const owed = new Set<string>();
  const attempts: string[] = [];
  const pauses: [string, boolean][] = [];
  const acts = new Map<string, () => void>();
  const retries = createRetries({
    host,
    isOwed: (key) => owed.has(key),
    async attempt(key) {
      attempts.push(key);
      acts.get(key)?.();
    },
    onPause: (key, at) => void pauses.push([key, at !== null]),
  });
  const pass = async (ms: number) => {
    host.advance(ms);
    await settled();
  };
  const owe = async (key: string) => {
    owed.add(key);
    retries.begin(key);
    await settled();
  };
  const onAttempt = (key: string, act: () => void) => void acts.set(key, act);
  return { host, owed, attempts, pauses, retries, pass, owe, onAttempt };
}

test("what is owed is tried after each pause, and not before", async () => {
  const { attempts, owe, pass } = setUp();
  await owe("a");
  for (const [tries, pause] of PAUSES_MS.entries()) {
    await pass(pause - 1);
    expect(attempts).toHaveLength(tries);
    await pass(1);
    expect(attempts).toHaveLength(tries + 1);
  }
  await pass(60_000);
  expect(attempts).toHaveLength(PAUSES_MS.length + 1);
});

test("the pauses never shrink, and none is longer than a minute", () => {
  expect(PAUSES_MS).toEqual(PAUSES_MS.toSorted((a, b) => a - b));
  expect([PAUSES_MS[0], PAUSES_MS.at(-1)]).toEqual([1_000, 60_000]);
});

test("what is owed no more is left alone, and begins anew with a short pause", async () => {
  const { attempts, owed, owe, pass, host } = setUp();
  await owe("a");
  await pass(1_000);
  owed.delete("a");
  await pass(2_000);
  expect([attempts, host.asleep]).toEqual([["a"], 0]);
  await owe("a");
  await pass(1_000);
  expect(attempts).toEqual(["a", "a"]);
});

test("what is asked for twice is tried once", async () => {
  const { attempts, owe, pass } = setUp();
  await owe("a");
  await owe("a");
  await pass(1_000);
  expect(attempts).toEqual(["a"]);
});

test("a success wakes the others, whose pause may be long", async () => {
  const { attempts, owed, owe, pass, onAttempt } = setUp();
  await owe("slow");
  for (const pause of PAUSES_MS) await pass(pause);
  const before = attempts.length;
  await owe("quick");
  onAttempt("quick", () => owed.delete("quick"));
  await pass(1_000);
  expect(attempts.slice(before)).toEqual(["quick", "slow"]);
});

test("a clock that is put back delays nothing", async () => {
  const { attempts, owe, pass } = setUp();
  await owe("a");
  await pass(-300_000);
  await pass(1_000);
  expect(attempts).toEqual(["a"]);
});

test("the end waits for the attempt that is under way, and makes no other", async () => {
  const { attempts, owe, pass, retries, pauses } = setUp();
  await owe("a");
  await retries[Symbol.asyncDispose]();
  await pass(60_000);
  await owe("b");
  expect([attempts, pauses.at(-1)]).toEqual([[], ["a", false]]);
});
