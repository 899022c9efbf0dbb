import { describe, expect, test } from "vitest";
import { atCallsOf, choiceOf, sampleOf, tellingSeed } from "./support/sample.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);
const sample = { seed: 7, isDeep: false };
const deep = { seed: 7, isDeep: true };

describe("a sample", () => {
  test("is the same for the same seed, and another for another seed or name", () => {
    const chosen = sampleOf("kills", numbers(100), 10, sample);
    expect(sampleOf("kills", numbers(100), 10, sample)).toEqual(chosen);
    expect(sampleOf("kills", numbers(100), 10, { ...sample, seed: 8 })).not.toEqual(chosen);
    expect(sampleOf("others", numbers(100), 10, sample)).not.toEqual(chosen);
  });

  test("has its size, its order, both ends, and one of each stretch between", () => {
    for (const [count, take] of [
      [100, 12],
      [25, 10],
      [7, 4],
      [3, 2],
      [6, 5],
    ] as const)
      for (let seed = 0; seed < 200; seed++) {
        const chosen = sampleOf("kills", numbers(count), take, { seed, isDeep: false });
        expect(chosen).toHaveLength(take);
        expect([...new Set(chosen)].sort((a, b) => a - b)).toEqual(chosen);
        expect([chosen[0], chosen.at(-1)]).toEqual([0, count - 1]);
      }
    const inTens = sampleOf("kills", numbers(102), 12, sample).slice(1, -1);
    expect(inTens.map((at) => Math.floor((at - 1) / 10))).toEqual(numbers(10));
  });

  test("reaches every point with the seeds", () => {
    const met = numbers(300).flatMap((seed) =>
      sampleOf("kills", numbers(25), 5, { seed, isDeep: false }),
    );
    expect(new Set(met).size).toBe(25);
  });

  test("of what is no more than it may take is all, and a deep run takes all", () => {
    expect(sampleOf("kills", numbers(4), 5, sample)).toEqual(numbers(4));
    expect(sampleOf("kills", numbers(100), 5, deep)).toEqual(numbers(100));
  });
});

describe("the calls of a work", () => {
  /** A work of so many calls, and at which of them it was disturbed. */
  const workOf = (calls: number) => {
    const met: number[] = [];
    const disturb = async (call: number) => {
      if (call < calls) met.push(call);
      return { calls, over: call >= calls };
    };
    return { met, disturb };
  };

  test("are met one after the other by a deep run, until the work was over before", async () => {
    const { met, disturb } = workOf(30);
    expect(await atCallsOf("kills", 5, disturb, deep)).toBe(30);
    expect(met).toEqual(numbers(30));
  });

  test("are met at a sample with both ends otherwise", async () => {
    const { met, disturb } = workOf(30);
    expect(await atCallsOf("kills", 5, disturb, sample)).toBe(30);
    expect(met).toEqual(sampleOf("kills", numbers(30), 5, sample));
  });

  test("may be fewer than they were: the last that there is, is met", async () => {
    const { met, disturb } = workOf(28);
    const varying = async (call: number) => {
      const { over } = await disturb(call);
      return { calls: 30, over };
    };
    await atCallsOf("kills", 5, varying, sample);
    expect(met.at(-1)).toBe(27);
  });
});

test("a failure names the seed that repeats it", async () => {
  const body = tellingSeed(async (text: string) => expect(text).toBe("whole"), sample);
  await expect(body("half")).rejects.toThrow("(repeat it with CLAW_TEST_SEED=7)");
  await expect(body("half")).rejects.toThrow("to be 'whole'");
});

test("the environment gives the seed, and says whether the run is deep", () => {
  expect(choiceOf({ CLAW_TEST_SEED: "12" })).toEqual({ seed: 12, isDeep: false });
  expect(choiceOf({ CLAW_TEST_SEED: "12", CLAW_TEST_DEEP: "1" }).isDeep).toBe(true);
  expect(() => choiceOf({ CLAW_TEST_SEED: "today" })).toThrow('CLAW_TEST_SEED is "today"');
  expect(() => choiceOf({})).toThrow("not a whole number");
});
