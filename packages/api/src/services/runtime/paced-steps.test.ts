import { expect, test } from "vitest";
import { settled } from "../../../tests/support/deadline.ts";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { pacedSteps } from "./paced-steps.ts";

function aJob() {
  const host = new FakeHost();
  const shown: [number, string][] = [];
  const job = { report: (progress: number, step: string) => void shown.push([progress, step]) };
  const step = pacedSteps(job, host, [
    ["init.start", 10_000],
    ["init.onboard", 30_000],
  ]);
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      host.advance(1_000);
      await settled();
    }
    return shown.at(-1)?.[0] ?? -1;
  };
  return { host, shown, step, pass };
}

test("a step moves every second within its share, and never beyond it", async () => {
  const { shown, step, pass, host } = aJob();
  const done = Promise.withResolvers<string>();
  const working = step("init.start", () => done.promise);
  expect(shown).toEqual([[0, "init.start"]]);
  expect(await pass(1)).toBeGreaterThan(0);
  expect(await pass(9)).toBeCloseTo(0.25 * 0.8);
  const late = await pass(600);
  expect(late).toBeGreaterThan(0.24);
  expect(late).toBeLessThanOrEqual(0.25);
  const values = shown.map(([progress]) => progress);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  done.resolve("up");
  expect(await working).toBe("up");
  expect(host.asleep).toBe(0);
});

test("the next begins where the share of the one before ends, however short that was", async () => {
  const { shown, step } = aJob();
  await step("init.start", async () => {});
  await step("init.onboard", async () => {});
  expect(shown.at(-1)).toEqual([0.25, "init.onboard"]);
});

test("a step that fails stands still, and says why", async () => {
  const { host, shown, step } = aJob();
  const failing = step("init.onboard", async () => {
    throw new Error("refused");
  });
  await expect(failing).rejects.toThrow("refused");
  const before = shown.length;
  host.advance(60_000);
  await settled();
  expect(shown).toHaveLength(before);
  expect(host.asleep).toBe(0);
});
