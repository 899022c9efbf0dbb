import { expect, test } from "vitest";
import { averageOf, createSampleRing, type Sample, sumOf } from "./sample-ring.ts";

const START = 1_800_000_000_000;

const sample = (seconds: number, cpu: number, patch: Partial<Sample> = {}): Sample => ({
  at: START + seconds * 1000,
  cpu,
  memory: 100,
  memoryLimit: 2000,
  received: null,
  sent: 10,
  ...patch,
});

test("holds five minutes as they were and an hour as averages of 20 seconds", () => {
  const ring = createSampleRing();
  for (let second = 0; second <= 2 * 3600; second += 2) ring.push(sample(second, second % 20));
  const [recent, hour] = [ring.recent(), ring.hour()];
  expect([recent.length, recent[0]?.at, recent.at(-1)?.at]).toEqual([
    151,
    START + 6900_000,
    START + 7200_000,
  ]);
  expect(hour.length).toBeGreaterThanOrEqual(180);
  expect(hour.length).toBeLessThanOrEqual(181);
  expect(hour[0]?.cpu).toBe(9);
});

test("the hour shows the newest samples before their 20 seconds are over", () => {
  const ring = createSampleRing();
  ring.push(sample(0, 10));
  ring.push(sample(2, 20));
  expect(ring.hour().map(({ cpu }) => cpu)).toEqual([15]);
});

test("what is old goes, also when nothing came for a while", () => {
  const ring = createSampleRing();
  ring.push(sample(0, 10));
  ring.push(sample(3700, 20));
  expect(ring.recent().map(({ cpu }) => cpu)).toEqual([20]);
  expect(ring.hour().map(({ cpu }) => cpu)).toEqual([20]);
});

test("an average leaves out what is not known", () => {
  const mean = averageOf([sample(0, 10, { received: 4 }), sample(2, 30)]);
  expect(mean).toEqual(sample(1, 20, { received: 4 }));
});

test("a sum is of what is known", () => {
  expect(sumOf([sample(0, 10, { received: 4 }), sample(1, 30)], START)).toEqual(
    sample(0, 40, { memory: 200, memoryLimit: 4000, received: 4, sent: 20 }),
  );
});
