import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { specOf } from "../../../tests/support/specs.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { findInstance, isStaying } from "./find-instance.ts";

test("an instance that is stored is found, another is refused by name", async () => {
  await using panel = await createTestPanel();
  await panel.context.store.insertInstance(() => specOf({ id: "anna" }));
  expect(await findInstance(panel.context, "anna")).toEqual(specOf({ id: "anna" }));
  const error = await rejects(findInstance(panel.context, "ben"), "INSTANCE_NOT_FOUND");
  expect(error.message).toContain("ben");
});

test.each([
  ["creating", true],
  ["ready", true],
  ["removing", false],
  ["purging", false],
] as const)("an instance in phase %s stays: %s", async (phase, stays) => {
  await using panel = await createTestPanel();
  const spec = await panel.context.store.insertInstance(() => specOf({ id: "anna", phase }));
  expect(isStaying(spec)).toBe(stays);
});
