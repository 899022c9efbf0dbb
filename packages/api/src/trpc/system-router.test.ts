import { expect, test } from "vitest";
import { eventually } from "../../tests/support/deadline.ts";
import { createTestApp, TEST_IMAGE } from "../../tests/support/test-app.ts";

test("the system's state is answered, also without the engine", async () => {
  await using app = await createTestApp();
  expect(await app.client.system.status.query()).toMatchObject({
    engine: { kind: "memory", reachable: true },
    image: { ref: TEST_IMAGE, present: true },
    instances: { total: 0 },
  });
  app.engine.setReachable(false);
  expect(await app.client.system.status.query()).toMatchObject({
    engine: { reachable: false },
    image: { present: false },
  });
});

test("the image is fetched on request", async () => {
  await using app = await createTestApp({ config: { image: "openclaw:none" } });
  await eventually(() => expect(app.context.runtime.jobs.running("image")).toBeNull());
  const job = await app.client.image.get.mutate();
  expect(job).toMatchObject({ kind: "image", instanceId: null, status: "running" });
  expect((await app.context.runtime.jobs.finished(job.id)).error?.reason).toBe("IMAGE_UNAVAILABLE");
});
