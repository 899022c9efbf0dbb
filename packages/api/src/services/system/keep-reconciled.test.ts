import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, TEST_IMAGE, type TestPanel } from "../../../tests/support/test-app.ts";
import { getImage, LOCAL_IMAGE, OFFICIAL_IMAGE } from "../image/get-image.ts";
import { createInstance } from "../instance/create-instance.ts";

const anna = { id: "anna", name: "Anna", start: true };
const imageJobs = async (panel: TestPanel) =>
  (await panel.context.jobs.list()).filter(({ kind }) => kind === "image");

test("the image that is missing is fetched when the panel starts", async () => {
  await using panel = await createTestPanel({
    config: { image: LOCAL_IMAGE },
    timing: { registry: [OFFICIAL_IMAGE] },
  });
  await eventually(async () =>
    expect(await imageJobs(panel)).toMatchObject([
      { status: "succeeded", result: { ref: LOCAL_IMAGE } },
    ]),
  );
  await createInstance(panel.context, anna);
  await panel.until("anna", "running");
});

test("no job begins when the image is there", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, anna);
  await panel.until("anna", "running");
  expect(await imageJobs(panel)).toEqual([]);
});

test("a fetch that failed is tried again by hand, not at every turn", async () => {
  await using panel = await createTestPanel({ config: { image: "openclaw:none" } });
  await eventually(async () =>
    expect(await imageJobs(panel)).toMatchObject([{ status: "failed" }]),
  );
  panel.engine.setReachable(false);
  await eventually(() => expect(panel.context.live.board.isReachable()).toBe(false));
  panel.engine.setReachable(true);
  await eventually(() => expect(panel.context.live.board.isReachable()).toBe(true));
  expect(await imageJobs(panel)).toHaveLength(1);
  const job = await getImage(panel.context);
  await panel.context.jobs.finished(job.id);
  expect(await imageJobs(panel)).toHaveLength(2);
});

test("instances that waited for the image are made when it is there", async () => {
  await using panel = await createTestPanel({ timing: { registry: [OFFICIAL_IMAGE] } });
  await createInstance(panel.context, anna);
  await panel.until("anna", "running");
  // The same home with an engine that has nothing, as after a reset of Docker.
  await using reset = await createTestPanel({
    home: panel.home,
    config: { image: LOCAL_IMAGE },
    timing: { images: [], registry: [OFFICIAL_IMAGE, TEST_IMAGE] },
  });
  const { board } = reset.context.live;
  await board.until(
    "anna",
    (now) => now?.statusReason?.includes(TEST_IMAGE) ?? false,
    AbortSignal.timeout(5_000),
  );
  await reset.engine.pullImage(TEST_IMAGE, {
    as: TEST_IMAGE,
    onProgress: () => {},
    signal: new AbortController().signal,
  });
  const job = await getImage(reset.context, () => {});
  await reset.context.jobs.finished(job.id);
  reset.engine.setReachable(false);
  await reset.until("anna", "unknown");
  reset.engine.setReachable(true);
  await reset.until("anna", "running");
});

test("while the engine is away nothing is begun, and it is not an error", async () => {
  await using panel = await createTestPanel();
  panel.engine.setReachable(false);
  await eventually(() => expect(panel.context.live.board.isReachable()).toBe(false));
  await rejects(createInstance(panel.context, anna), "ENGINE_UNREACHABLE");
  expect(panel.logged.join("")).not.toContain("reconciling failed");
});
