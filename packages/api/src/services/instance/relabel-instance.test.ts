import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { changeInstance } from "./change-instance.ts";
import { createInstance } from "./create-instance.ts";
import { relabelInstance } from "./relabel-instance.ts";

test("labels of one kind change, and the others stay; 21 tags are too many", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const relabel = (wish: object) => relabelInstance(panel.context, { id: "anna", ...wish });
  await relabel({ group: "销售", addTags: ["VIP", "old"] });
  await relabel({ addTags: ["vip", "new"], removeTags: ["OLD"] });
  expect(panel.context.runtime.live.board.get("anna")).toMatchObject({
    ...{ group: "销售", tags: ["VIP", "new"] },
  });
  const many = Array.from({ length: 19 }, (_, n) => `t${n}`);
  const { message } = await rejects(relabel({ addTags: many }), "INVALID_INPUT");
  expect(message).toContain("anna would have 21 tags; the limit is 20.");
  await rejects(relabelInstance(panel.context, { id: "no", group: null }), "INSTANCE_NOT_FOUND");
});

test("changes at the same time are all kept", async () => {
  await using panel = await createTestPanel();
  const ctx = panel.context;
  await createInstance(ctx, { id: "anna", name: "Anna", start: false });
  await Promise.all([
    relabelInstance(ctx, { id: "anna", addTags: ["a"] }),
    relabelInstance(ctx, { id: "anna", addTags: ["b"] }),
    changeInstance(ctx, { id: "anna", group: "销售" }),
    relabelInstance(ctx, { id: "anna", addTags: ["c"] }),
  ]);
  const { group, tags } = ctx.runtime.live.board.get("anna");
  expect({ group, tags }).toEqual({ group: "销售", tags: ["a", "b", "c"] });
});
