import { expect, test } from "vitest";
import { excessVersions, type KeptVersion } from "./config-history.ts";

const KEPT = { written: 3, found: 2, bytes: 1_000 };

/** Newest first, from `count` down to 1. */
function versions(count: number, of: (version: number) => Partial<KeptVersion> = () => ({})) {
  return Array.from({ length: count }, (_, n): KeptVersion => {
    const version = count - n;
    return { version, source: "editor", healthyAt: null, stored: 10, ...of(version) };
  });
}

test("the newest versions stay", () => {
  expect(excessVersions(versions(4), KEPT)).toEqual([]);
  expect(excessVersions(versions(6), KEPT)).toEqual([2, 1]);
});

test("what OpenClaw writes again and again pushes out nothing that people wrote", () => {
  const often = versions(12, (version) => (version > 2 ? { source: "openclaw" } : {}));
  expect(excessVersions(often, KEPT)).toEqual([9, 8, 7, 6, 5, 4, 3]);
});

test("the last healthy version stays, however old or large", () => {
  const healthy = (stored: number) =>
    versions(9, (version) =>
      version <= 2 ? { healthyAt: `2026-01-0${version}T00:00:00.000Z`, stored } : {},
    );
  expect(excessVersions(healthy(10), KEPT)).toEqual([5, 4, 3, 1]);
  expect(excessVersions(healthy(5_000), KEPT)).toEqual([5, 4, 3, 1]);
});

test("large texts are fewer; the newest stays even when it alone is too large", () => {
  expect(
    excessVersions(
      versions(4, () => ({ stored: 400 })),
      KEPT,
    ),
  ).toEqual([2, 1]);
  expect(
    excessVersions(
      versions(2, () => ({ stored: 4_000 })),
      KEPT,
    ),
  ).toEqual([1]);
});

test("a text that a newer version has, too, costs nothing", () => {
  const same = versions(4, (version) => ({ stored: version === 4 ? 900 : 0 }));
  expect(excessVersions(same, KEPT)).toEqual([]);
});
