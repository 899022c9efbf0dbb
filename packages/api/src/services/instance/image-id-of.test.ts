import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "./create-instance.ts";
import { findInstance } from "./find-instance.ts";
import { imageIdOf } from "./image-id-of.ts";

test("an instance's image is that of its container, or the one that it starts with next", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const spec = await findInstance(panel.context, "anna");
  const found = await panel.context.engine.images.find(spec.image);
  expect(await imageIdOf(panel.context, spec)).toBe(found?.id);
  const other = { ...spec, image: "openclaw:none" };
  await rejects(imageIdOf(panel.context, other), "IMAGE_MISSING");
});

test("an engine that is away is not waited for when there is no container to tell", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const spec = await findInstance(panel.context, "anna");
  panel.engine.setReachable(false);
  await panel.until("anna", "unknown");
  await rejects(imageIdOf(panel.context, { ...spec, id: "ben" }), "ENGINE_UNREACHABLE");
});
