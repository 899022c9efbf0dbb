import { RateLimiterMemory } from "rate-limiter-flexible";
import { expect, test } from "vitest";
import { secondsToWait } from "./seconds-to-wait.ts";

test("a call within the limit waits for nothing, one too many for at least a second", async () => {
  const limit = new RateLimiterMemory({ points: 2, duration: 10 });
  expect([await secondsToWait(limit, "a"), await secondsToWait(limit, "a")]).toEqual([null, null]);
  const wait = await secondsToWait(limit, "a");
  expect(wait).toBeGreaterThanOrEqual(1);
  expect(wait).toBeLessThanOrEqual(10);
  expect(await secondsToWait(limit, "b")).toBeNull();
});

test("a failure of the limit itself is no wait", async () => {
  const broken = { consume: () => Promise.reject(new Error("broken")) };
  await expect(secondsToWait(broken, "a")).rejects.toThrow("broken");
});
