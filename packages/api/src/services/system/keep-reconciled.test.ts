import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, TEST_IMAGE, type TestPanel } from "../../../tests/support/test-app.ts";
import { getImage, LOCAL_IMAGE, OFFICIAL_IMAGE } from "../image/get-image.ts";
import { createInstance } from "../instance/create-instance.ts";
import { restartInstance } from "../instance/restart-instance.ts";
import { stopInstance } from "../instance/stop-instance.ts";
import { PAUSES_MS } from "../runtime/retries.ts";

const anna = { id: "anna", name: "Anna", start: true };
const imageJobs = async (panel: TestPanel) =>
  (await panel.context.runtime.jobs.list()).filter(({ kind }) => kind === "image");

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
  await eventually(() => expect(panel.context.runtime.live.board.isReachable()).toBe(false));
  panel.engine.setReachable(true);
  await eventually(() => expect(panel.context.runtime.live.board.isReachable()).toBe(true));
  expect(await imageJobs(panel)).toHaveLength(1);
  const job = await getImage(panel.context);
  await panel.context.runtime.jobs.finished(job.id);
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
  const { board } = reset.context.runtime.live;
  await board.until(
    "anna",
    (now) => now?.statusReason?.includes(TEST_IMAGE) ?? false,
    AbortSignal.timeout(5_000),
  );
  await reset.engine.images.pull(TEST_IMAGE, {
    as: TEST_IMAGE,
    onProgress: () => {},
    signal: new AbortController().signal,
  });
  const job = await getImage(reset.context, () => {});
  await reset.context.runtime.jobs.finished(job.id);
  reset.engine.setReachable(false);
  await reset.until("anna", "unknown");
  reset.engine.setReachable(true);
  await reset.until("anna", "running");
});

test("while the engine is away nothing is begun, and it is not an error", async () => {
  await using panel = await createTestPanel();
  panel.engine.setReachable(false);
  await eventually(() => expect(panel.context.runtime.live.board.isReachable()).toBe(false));
  await rejects(createInstance(panel.context, anna), "ENGINE_UNREACHABLE");
  expect(panel.logged.join("")).not.toContain("reconciling failed");
});

describe("an instance that is owed a start", () => {
  const ids = ["anna", "ben", "cleo"];

  /** A panel whose instances were taken down, and which Docker does not let start again. */
  async function setUp() {
    const panel = await createTestPanel();
    for (const id of ids) {
      await createInstance(panel.context, { id, name: id, start: true });
      await panel.until(id, "running");
      panel.faults.onNext("engine.start", () => block(panel, id));
      await rejects(restartInstance(panel.context, id), "PORT_TAKEN");
    }
    return panel;
  }
  const portOf = (panel: TestPanel, id: string) => panel.context.runtime.live.board.get(id).port;
  const block = (panel: TestPanel, id: string) =>
    panel.engine.addForeign(`thief-of-${id}`, portOf(panel, id));
  const unblock = (panel: TestPanel, id: string) => panel.engine.removeForeign(`thief-of-${id}`);

  test("says when the panel tries again", async () => {
    await using panel = await setUp();
    for (const id of ids)
      await eventually(() =>
        expect(panel.context.runtime.live.board.get(id)).toMatchObject({
          status: "error",
          statusReason: expect.stringMatching(
            /is in use.* tries again by itself, next at \d\d:\d\d:\d\d UTC/,
          ),
          statusDetail: { code: "START_FAILED", retry: { at: expect.stringMatching(/Z$/) } },
        }),
      );
  });

  test("is tried again until it runs, as soon as one could be started; its container is kept", async () => {
    await using panel = await setUp();
    const containers = await panel.engine.list();
    await eventually(() => expect(panel.host.asleep).toBeGreaterThanOrEqual(ids.length));
    for (const pause of PAUSES_MS.slice(0, 5)) {
      panel.faults.record();
      panel.host.advance(pause);
      await eventually(() =>
        expect(panel.faults.calls.filter(({ method }) => method === "engine.start")).toHaveLength(
          ids.length,
        ),
      );
      await eventually(() => {
        for (const id of ids)
          expect(panel.context.runtime.live.board.get(id).statusDetail?.retry).toBeDefined();
      });
    }
    for (const id of ids) unblock(panel, id);
    panel.host.advance(10_000);
    for (const id of ids) {
      expect((await panel.until(id, "running")).statusReason).toBeNull();
      const { containerId } = (await panel.engine.list(id)).get(id) ?? {};
      expect(containerId).toBe(containers.get(id)?.containerId);
    }
    panel.faults.record();
    panel.host.advance(120_000);
    await panel.context.runtime.live.starts.idle();
    const done = panel.faults.calls.map(({ method }) => method);
    // Whether the image is there is looked at by the clock, for the conditions.
    const asked = done.filter((method) => method !== "engine.images.find");
    expect(asked.filter((method) => method.startsWith("engine."))).toEqual([]);
  });

  test("is not tried again once somebody has stopped it", async () => {
    await using panel = await setUp();
    await stopInstance(panel.context, "anna");
    unblock(panel, "anna");
    panel.host.advance(120_000);
    await eventually(() => expect(panel.context.runtime.live.board.isOwed("anna")).toBe(false));
    expect(panel.context.runtime.live.board.get("anna").status).toBe("stopped");
  });

  test("is still owed it when the panel itself starts again, whose compose file cannot be written", async () => {
    await using before = await setUp();
    for (const id of ids) unblock(before, id);
    const file = path.join(before.home, "docker-compose.yml");
    await rm(file);
    await mkdir(file);
    before.faults.die();
    await using panel = await createTestPanel({ home: before.home, engine: before.engine });
    for (const id of ids) await panel.until(id, "running");
  });
});

test("a look at everything that fails is repeated, without the engine having been away", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, anna);
  await panel.until("anna", "running");
  panel.engine.killOutside("anna", 137);
  await panel.until("anna", "error");
  panel.faults.failNext("store.listInstances", new DomainError("INTERNAL", "database is locked"));
  panel.engine.setReachable(false);
  await panel.until("anna", "unknown");
  panel.engine.setReachable(true);
  await eventually(() => expect(panel.logged.join("")).toContain("database is locked"));
  await eventually(() => {
    panel.host.advance(1_000);
    expect(panel.context.runtime.live.board.get("anna").status).toBe("running");
  });
});

test("a job for the image that cannot be recorded keeps nothing from coming up", async () => {
  await using before = await createTestPanel();
  await createInstance(before.context, anna);
  await before.until("anna", "running");
  before.faults.die();
  await before.engine.stop("anna");
  await using panel = await createTestPanel({
    home: before.home,
    engine: before.engine,
    config: { image: "openclaw:none" },
    busy: true,
  });
  panel.faults.failNext("store.saveJob", new DomainError("DISK_FULL", "The disk is full."));
  await panel.until("anna", "running");
});
