import { expect, test } from "vitest";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { openKnownBrowsers } from "./known-browsers.ts";

test("a browser is known by the accounts that logged in by it, and by no others", async () => {
  await using panel = await createTestPanel();
  const { browsers } = panel.context.access;
  const first = browsers.remember(undefined, "u1");
  const both = browsers.remember(first, "u2");
  const id = browsers.idFor(first, "u1");
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect([browsers.idFor(both, "u1"), browsers.idFor(both, "u2")]).toEqual([id, id]);
  expect(browsers.idFor(first, "u2")).toBeNull();
  expect(browsers.remember(both, "u1")).toBe(both);
});

test("what is no such secret, or is of another panel, is none", async () => {
  await using panel = await createTestPanel();
  await using other = await createTestPanel();
  const { browsers } = panel.context.access;
  const secret = browsers.remember(undefined, "u1");
  const strange = other.context.access.browsers.remember(undefined, "u1");
  const longer = `${secret}${".AAAAAAAAAAAAAAAAAAAAAA".repeat(9)}`;
  for (const none of [undefined, "", "x", secret.slice(0, -1), `${secret}x`, longer, strange])
    expect(browsers.idFor(none, "u1")).toBeNull();
  expect(browsers.idFor(browsers.remember(strange, "u1"), "u1")).not.toBeNull();
});

test("the last eight accounts count, in a secret that does not grow", async () => {
  await using panel = await createTestPanel();
  const { browsers } = panel.context.access;
  let secret: string | undefined;
  for (let n = 0; n < 20; n++) secret = browsers.remember(secret, `u${n}`);
  const known = Array.from({ length: 20 }, (_, n) => browsers.idFor(secret, `u${n}`) !== null);
  expect(known.indexOf(true)).toBe(12);
  expect(known.filter(Boolean)).toHaveLength(8);
  expect(secret?.length).toBeLessThanOrEqual(256);
});

test("it is known also after a restart of the panel", async () => {
  await using panel = await createTestPanel();
  const secret = panel.context.access.browsers.remember(undefined, "u1");
  const again = await openKnownBrowsers(panel.context);
  expect(again.idFor(secret, "u1")).not.toBeNull();
});
