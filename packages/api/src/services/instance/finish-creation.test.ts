import { expect, test } from "vitest";
import { specOf } from "../../../tests/support/specs.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { expectWhole } from "../../../tests/support/wholeness.ts";
import { finishCreation } from "./finish-creation.ts";

test("a stored instance gets all that it needs, and is not started", async () => {
  await using panel = await createTestPanel();
  const spec = await panel.context.store.insertInstance(() =>
    specOf({ id: "anna", phase: "creating" }),
  );
  await finishCreation(panel.context, spec);
  await expectWhole(panel, "anna");
  expect((await panel.engine.list("anna")).get("anna")?.state).toBe("created");
});

test.each([
  "storage.createInstance",
  "storage.writeConfig",
  "engine.deploy",
  "store.updateInstance",
])("cut short at %s it can be repeated, and the token stays the same", async (method) => {
  await using panel = await createTestPanel();
  const spec = await panel.context.store.insertInstance(() =>
    specOf({ id: "anna", phase: "creating" }),
  );
  panel.faults.failNext(method);
  await expect(finishCreation(panel.context, spec)).rejects.toThrow();
  const before = await panel.context.disk.storage.readConfig("anna");
  await finishCreation(panel.context, spec);
  await expectWhole(panel, "anna");
  if (before !== null) expect(await panel.context.disk.storage.readConfig("anna")).toBe(before);
});
