import { expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { specOf } from "../../../../tests/support/specs.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { chooseInstances } from "./choose-instances.ts";

async function setUp() {
  const panel = await createTestPanel();
  const { store } = panel.context;
  for (const [number, id] of ["anna", "ben", "cora"].entries())
    await store.insertInstance(() => specOf({ id }, number));
  await store.updateInstance("cora", { phase: "purging", updatedAt: "2026-01-01T00:00:00.000Z" });
  const chosen = async (ids?: string[]) =>
    (await chooseInstances(panel.context, ids)).map(({ id }) => id);
  return { panel, chosen };
}

test("without ids it is about all that are there to stay", async () => {
  const { panel, chosen } = await setUp();
  await using _ = panel;
  expect(await chosen()).toEqual(["anna", "ben"]);
});

test("with ids it is about these, each once, in their order", async () => {
  const { panel, chosen } = await setUp();
  await using _ = panel;
  expect(await chosen(["ben", "anna", "ben"])).toEqual(["anna", "ben"]);
});

test("an id that is not there, or on its way out, is named", async () => {
  const { panel, chosen } = await setUp();
  await using _ = panel;
  const { message } = await rejects(chosen(["anna", "dora", "cora"]), "INSTANCE_NOT_FOUND");
  expect(message).toContain("dora, cora");
});

test("a panel without instances is told apart", async () => {
  await using panel = await createTestPanel();
  await rejects(chooseInstances(panel.context, undefined), "INVALID_INPUT");
  await rejects(chooseInstances(panel.context, ["anna"]), "INSTANCE_NOT_FOUND");
});
