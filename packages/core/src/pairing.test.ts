import { expect, test } from "vitest";
import { DeviceRef } from "./pairing.ts";

test.each([
  "0f3a-1",
  "a".repeat(64),
  "node:host.1",
])("%s is an id of a device or a request", (id) => {
  expect(DeviceRef.safeParse(id).success).toBe(true);
});

test.each(["", "a b", "a\nb", "../a", "ü", "a".repeat(129)])("%j is none", (id) => {
  expect(DeviceRef.safeParse(id).success).toBe(false);
});
