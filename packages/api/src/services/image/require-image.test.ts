import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { requireImage } from "./require-image.ts";

test("an image that is there is enough", async () => {
  await using panel = await createTestPanel();
  await requireImage(panel.context);
});

test("one that is missing is named, with what to do", async () => {
  await using panel = await createTestPanel({ config: { image: "openclaw:none" } });
  await eventually(() => expect(panel.context.runtime.jobs.running("image")).toBeNull());
  const error = await rejects(requireImage(panel.context), "IMAGE_MISSING");
  expect(error.message).toContain("openclaw:none");
});

test("an engine that is away is told as such, not as a missing image", async () => {
  await using panel = await createTestPanel();
  panel.engine.setReachable(false);
  await rejects(requireImage(panel.context), "ENGINE_UNREACHABLE");
});
