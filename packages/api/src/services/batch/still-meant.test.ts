import { expect, test } from "vitest";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { removeInstance } from "../instance/remove-instance.ts";
import { isStillMeant } from "./still-meant.ts";

test("an id is meant as long as no other instance has it", async () => {
  await using panel = await createTestPanel();
  const ctx = panel.context;
  const make = () => createInstance(ctx, { id: "anna", name: "Anna", start: false });
  const isMeant = () => isStillMeant(ctx, about, "anna");
  await make();
  const about = ctx.runtime.live.board.subjectsOf(["anna"]);
  expect(isMeant()).toBe(true);
  expect(isStillMeant(ctx, [], "anna")).toBe(false);
  await removeInstance(ctx, { id: "anna", deleteData: true });
  expect(isMeant()).toBe(true);
  await make();
  expect(isMeant()).toBe(false);
});
