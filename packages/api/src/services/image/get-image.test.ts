import { DomainError } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import {
  createTestPanel,
  type TestAppOptions,
  type TestPanel,
} from "../../../tests/support/test-app.ts";
import { getImage, LOCAL_IMAGE, OFFICIAL_IMAGE } from "./get-image.ts";

/** A panel without its image whose own first try is over. */
async function setUp(image = LOCAL_IMAGE, options: TestAppOptions = {}) {
  const panel = await createTestPanel({ ...options, config: { image } });
  await eventually(async () => {
    expect((await panel.context.runtime.jobs.list())[0]?.finishedAt).toBeTruthy();
  });
  return panel;
}

async function fetched(panel: TestPanel, onReady?: () => void) {
  const job = await getImage(panel.context, onReady);
  return panel.context.runtime.jobs.finished(job.id);
}

describe("the image", () => {
  test("comes from its registry, and somebody is told when it is there", async () => {
    await using panel = await setUp("registry.example/claw:1");
    panel.engine.images.pull = async (_ref, { as, onProgress }) => {
      onProgress(0.5);
      panel.engine.images.find = async () => ({
        id: "sha256:1",
        digest: null,
        version: null,
        size: 5,
      });
      expect(as).toBe("registry.example/claw:1");
    };
    let told = 0;
    const job = await fetched(panel, () => {
      told += 1;
    });
    expect(job).toMatchObject({
      status: "succeeded",
      result: { ref: "registry.example/claw:1", id: "sha256:1", size: 5 },
    });
    expect(told).toBe(1);
  });

  test("of a machine where nobody chose one is the official one, by its version", async () => {
    await using panel = await setUp(LOCAL_IMAGE, { timing: { registry: [OFFICIAL_IMAGE] } });
    expect(OFFICIAL_IMAGE).toMatch(/:\d+\.\d+\.\d+$/);
    expect(await panel.engine.images.find(LOCAL_IMAGE)).not.toBeNull();
    expect(await panel.engine.images.find(OFFICIAL_IMAGE)).not.toBeNull();
  });

  test("is fetched once at a time", async () => {
    await using panel = await setUp();
    const pull = panel.faults.pauseNext("engine.images.pull");
    const job = await getImage(panel.context);
    await pull.reached;
    await rejects(getImage(panel.context), "BUSY");
    pull.resume();
    await panel.context.runtime.jobs.finished(job.id);
  });
});

describe("where no registry answers", () => {
  test("the manual way is told", async () => {
    await using panel = await setUp();
    const job = await fetched(panel);
    expect(job.error).toMatchObject({
      reason: "IMAGE_UNAVAILABLE",
      message: expect.stringMatching(/README.*openclaw:local/),
    });
  });

  test("it is built, with progress, where that is possible", async () => {
    await using panel = await setUp();
    panel.host.imageBuildScript = ["bash", "build.sh"];
    const steps: string[] = [];
    panel.host.program = async (_command, { onLine }) => {
      for (const line of ["installing", "::progress 0.5 assemble", "::progress 0.6 polish"]) {
        onLine(line);
        steps.push(panel.context.runtime.jobs.running("image")?.step ?? "");
      }
      panel.engine.images.find = async () => ({
        id: "sha256:1",
        digest: null,
        version: null,
        size: 5,
      });
      return { exitCode: 0 };
    };
    expect((await fetched(panel)).status).toBe("succeeded");
    // The third is of a script that this panel does not know.
    expect(steps).toEqual(["image.build", "image.assemble", "image.build"]);
    expect(panel.host.commands).toEqual([["bash", "build.sh", LOCAL_IMAGE, expect.any(String)]]);
  });

  test("an image that somebody chose is not built", async () => {
    await using panel = await setUp("registry.example/claw:1");
    panel.host.imageBuildScript = ["bash", "build.sh"];
    expect((await fetched(panel)).error?.reason).toBe("IMAGE_UNAVAILABLE");
    expect(panel.host.commands).toEqual([]);
  });

  test("a build that fails says why", async () => {
    await using panel = await setUp();
    panel.host.imageBuildScript = ["bash", "build.sh"];
    panel.host.program = async (_command, { onLine }) => {
      onLine("no space left on device");
      return { exitCode: 1 };
    };
    expect((await fetched(panel)).error).toMatchObject({
      reason: "IMAGE_UNAVAILABLE",
      message: expect.stringContaining("no space left on device"),
    });
  });

  test("a build that makes nothing is no success", async () => {
    await using panel = await setUp();
    panel.host.imageBuildScript = ["bash", "build.sh"];
    panel.host.program = async () => ({ exitCode: 0 });
    expect((await fetched(panel)).error?.reason).toBe("IMAGE_UNAVAILABLE");
  });

  test("a build can be cancelled", async () => {
    await using panel = await setUp();
    panel.host.imageBuildScript = ["bash", "build.sh"];
    const begun = Promise.withResolvers<void>();
    panel.host.program = (_command, { signal }) => {
      begun.resolve();
      return new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason)),
      );
    };
    const job = await getImage(panel.context);
    await begun.promise;
    expect((await panel.context.runtime.jobs.cancel(job.id)).status).toBe("cancelled");
  });
});

test("another trouble than the registry's is told as it is, and nothing is built", async () => {
  await using panel = await setUp();
  panel.host.imageBuildScript = ["bash", "build.sh"];
  panel.faults.failNext("engine.images.pull", new DomainError("DISK_FULL", "The disk is full."));
  expect((await fetched(panel)).error?.reason).toBe("DISK_FULL");
  expect(panel.host.commands).toEqual([]);
});
