import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
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
