import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createAnonymousLimits } from "./anonymous-limits.ts";

test("an address without a session has 600 calls a minute, and learns how long to wait", async () => {
  const limits = createAnonymousLimits();
  for (let n = 0; n < 600; n++) await limits.call("192.0.2.1");
  const error = await rejects(limits.call("192.0.2.1"), "TOO_MANY_ATTEMPTS");
  expect(error.retryAfterSeconds).toBeGreaterThan(0);
  expect(error.retryAfterSeconds).toBeLessThanOrEqual(60);
  expect(error.message).toContain(`wait ${error.retryAfterSeconds} seconds`);
  await limits.call("192.0.2.2");
});

test("the addresses that one host of IPv6 can choose from are one", async () => {
  const limits = createAnonymousLimits();
  for (let n = 0; n < 600; n++) await limits.call(`2001:db8:1:2::${n.toString(16)}`);
  await rejects(limits.call("2001:db8:1:2:ffff::1"), "TOO_MANY_ATTEMPTS");
});
