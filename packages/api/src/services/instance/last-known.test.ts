import { expect, test } from "vitest";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "./create-instance.ts";
import { lastKnown } from "./last-known.ts";
import { removeInstance } from "./remove-instance.ts";

const ANNA = { id: "anna", name: "Anna", group: "sales", tags: ["vip"], start: false };

test("a deleted instance is known as it was at last, and only by its own uid", async () => {
  await using panel = await createTestPanel({ config: { timezone: "Asia/Shanghai" } });
  const ctx = panel.context;
  expect(await lastKnown(ctx, "anna")).toBeNull();
  const { uid } = await createInstance(ctx, ANNA);
  await removeInstance(ctx, { id: "anna", deleteData: true });
  const known = { uid, owner: null, group: "sales", tags: ["vip"], timezone: "Asia/Shanghai" };
  expect(await lastKnown(ctx, "anna")).toEqual(known);
  expect(await lastKnown(ctx, "anna", uid)).toEqual(known);
  expect(await lastKnown(ctx, "anna", "another")).toBeNull();
  expect(await lastKnown(ctx, "ben")).toBeNull();
});

test.each([
  ["with its uid", { owner: "u-mina", uid: "1" }, "1"],
  ["before uids", { owner: "u-mina" }, null],
])("of one that an older panel deleted %s only the owner is known", async (_, left, uid) => {
  await using panel = await createTestPanel();
  await panel.context.store.noteSetting("instance.left.anna", left);
  expect(await lastKnown(panel.context, "anna", "1")).toEqual({
    ...{ owner: "u-mina", uid, group: null, tags: [] },
  });
});
