import { expect, test } from "vitest";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { createPendingFactors } from "./pending-factors.ts";

test("a secret waits ten minutes for its confirmation", () => {
  const host = new FakeHost();
  const factors = createPendingFactors(host);
  factors.set("mina", "one");
  host.advance(9 * 60_000);
  expect(factors.get("mina")).toBe("one");
  host.advance(61_000);
  expect(factors.get("mina")).toBeNull();
  expect(factors.take("mina", "one")).toBe(false);
});

test("only one caller takes a secret, and only the one that was shown last", () => {
  const factors = createPendingFactors(new FakeHost());
  factors.set("mina", "one");
  factors.set("mina", "two");
  expect(factors.take("mina", "one")).toBe(false);
  expect(factors.take("olaf", "two")).toBe(false);
  expect([factors.take("mina", "two"), factors.take("mina", "two")]).toEqual([true, false]);
});
