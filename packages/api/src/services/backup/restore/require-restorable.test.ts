import { expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { createTestPanel, TEST_IMAGE } from "../../../../tests/support/test-app.ts";
import { requireRestorable } from "./require-restorable.ts";

test("what would keep a restore from its end is told before it begins", async () => {
  await using panel = await createTestPanel();
  const ctx = panel.context;
  await requireRestorable(ctx, { images: [TEST_IMAGE, TEST_IMAGE], bytes: 1_000 });
  const missing = { images: [TEST_IMAGE, "gone:1"], bytes: 0 };
  expect((await rejects(requireRestorable(ctx, missing), "IMAGE_MISSING")).message).toContain(
    "gone:1",
  );
  const { free } = await ctx.disk.storage.space();
  const large = { images: [TEST_IMAGE], bytes: free * 2 };
  expect((await rejects(requireRestorable(ctx, large), "DISK_FULL")).message).toContain(
    String(free * 2),
  );
  panel.engine.setReachable(false);
  await rejects(requireRestorable(ctx, { images: [], bytes: 0 }), "ENGINE_UNREACHABLE");
});
