import { restoreTestId } from "@claw/core/naming";
import { expect, test } from "vitest";
import { containerOf } from "../../../tests/support/specs.ts";
import { createOrphans } from "./orphans.ts";

const TRIAL = restoreTestId("0123456789abcdef");

test("containers of no instance are listed, those of instances and restore tests are not", () => {
  const orphans = createOrphans((id) => id === "anna");
  orphans.replace(
    new Map(["anna", "ben", TRIAL].map((id) => [id, containerOf({ containerId: `of ${id}` })])),
  );
  expect(orphans.list()).toEqual([{ id: "ben", container: "of ben" }]);
  orphans.replace(new Map());
  expect(orphans.list()).toEqual([]);
});

test("a look at one of them says whether something has changed", () => {
  const known = new Set<string>();
  const orphans = createOrphans((id) => known.has(id));
  const container = containerOf({ containerId: "1" });
  expect(orphans.note("ben", container)).toBe(true);
  expect(orphans.note("ben", container)).toBe(false);
  expect(orphans.note("ben", containerOf({ containerId: "2" }))).toBe(true);
  expect(orphans.list()).toEqual([{ id: "ben", container: "2" }]);
  known.add("ben");
  expect(orphans.note("ben", container)).toBe(true);
  known.clear();
  expect(orphans.note(TRIAL, container)).toBe(false);
  expect(orphans.note("ben", null)).toBe(false);
  expect(orphans.list()).toEqual([]);
});
