import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { expectWhole } from "../../../tests/support/wholeness.ts";
import { allocateInstance } from "./allocate-instance.ts";
import { continueCreation } from "./continue-creation.ts";
import { createInstance } from "./create-instance.ts";

test.each([
  true,
  false,
])("an instance of which only its record is there is completed (started: %s)", async (start) => {
  await using panel = await createTestPanel();
  const { context } = panel;
  context.runtime.live.board.setSpec(
    await allocateInstance(context, { id: "anna", name: "Anna", start, uid: "chosen" }),
  );
  await continueCreation(context, { id: "anna", start });
  await panel.until("anna", start ? "running" : "created");
  expect(await context.store.findInstance("anna")).toMatchObject({ uid: "chosen", phase: "ready" });
  await expectWhole(panel, "anna");
});

test("one that is complete is left as it is, and one that is gone is not created", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  await createInstance(context, { id: "anna", name: "Anna", start: false });
  const container = (await panel.engine.list("anna")).get("anna");
  await continueCreation(context, { id: "anna", start: false });
  expect((await panel.engine.list("anna")).get("anna")).toEqual(container);
  await rejects(continueCreation(context, { id: "ben", start: false }), "INSTANCE_NOT_FOUND");
});
