import { Condition } from "@claw/core/conditions";
import { expect, test } from "vitest";
import { keysOf } from "../../tests/support/condition-lists.ts";
import { createTestApp } from "../../tests/support/test-app.ts";
import { createInstance } from "../services/instance/create-instance.ts";

test("what is listed is by its schema, and says since when it is so", async () => {
  await using app = await createTestApp();
  await createInstance(app.context, { id: "anna", name: "Anna", start: false });
  const before = await app.client.conditions.list.query();
  app.host.advance(60_000);
  const after = await app.client.conditions.list.query();
  expect(keysOf(after)).toEqual(["BACKUP_NONE"]);
  expect(Condition.array().parse(after)).toEqual(after);
  expect(after.map(({ since }) => since)).toEqual(before.map(({ since }) => since));
});
