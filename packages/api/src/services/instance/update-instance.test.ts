import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "./create-instance.ts";
import { updateInstance } from "./update-instance.ts";

test("a change is stored with its time, and is on the page", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const before = panel.context.runtime.live.board.get("anna").updatedAt;
  panel.host.advance(60_000);
  const spec = await updateInstance(panel.context, "anna", { name: "Another" });
  expect(Date.parse(spec.updatedAt) - Date.parse(before)).toBeGreaterThanOrEqual(60_000);
  expect(await panel.context.store.findInstance("anna")).toEqual(spec);
  expect(panel.context.runtime.live.board.get("anna")).toMatchObject({
    name: "Another",
    updatedAt: spec.updatedAt,
  });
});

test("a change that cannot be stored is not on the page", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  panel.faults.failNext("store.updateInstance", new Error("no"));
  await expect(updateInstance(panel.context, "anna", { name: "Another" })).rejects.toThrow("no");
  expect(panel.context.runtime.live.board.get("anna").name).toBe("Anna");
  await rejects(updateInstance(panel.context, "ben", { name: "x" }), "INSTANCE_NOT_FOUND");
});
