import { expect, test } from "vitest";
import { createWebhookLimits } from "./webhook-limits.ts";

const times = async (count: number, call: (n: number) => Promise<number | null>) =>
  Promise.all(Array.from({ length: count }, (_, n) => call(n)));
const none = (waits: readonly (number | null)[]) => waits.every((wait) => wait === null);

test("an address has 20 calls at once to each instance, and learns how long to wait", async () => {
  const limits = createWebhookLimits();
  expect(none(await times(20, () => limits("anna", "192.0.2.1")))).toBe(true);
  const wait = await limits("anna", "192.0.2.1");
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(20);
  expect(await limits("ben", "192.0.2.1")).toBeNull();
  expect(await limits("anna", "192.0.2.2")).toBeNull();
});

test("the addresses that one host of IPv6 can choose from are one", async () => {
  const limits = createWebhookLimits();
  await times(20, (n) => limits("anna", `2001:db8:1:2::${n.toString(16)}`));
  expect(await limits("anna", "2001:db8:1:2:ffff::1")).not.toBeNull();
});

test("an instance takes only so many from all addresses, and a flood of one uses up a fifth", async () => {
  const limits = createWebhookLimits();
  await times(1_000, () => limits("anna", "192.0.2.1"));
  for (let n = 2; n <= 5; n++)
    expect(none(await times(20, () => limits("anna", `192.0.2.${n}`)))).toBe(true);
  expect(await limits("anna", "192.0.2.6")).not.toBeNull();
  expect(await limits("ben", "192.0.2.6")).toBeNull();
});
