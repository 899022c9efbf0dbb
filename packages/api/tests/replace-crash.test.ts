import { readdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import type { AppContext } from "../src/context.ts";
import { createInstance } from "../src/services/instance/create-instance.ts";
import type { NewData } from "../src/services/instance/replace/replacement.ts";
import { stopInstance } from "../src/services/instance/stop-instance.ts";
import { killedAt } from "./support/killed-panel.ts";
import { changeImage, OTHER_DATA } from "./support/replacing.ts";
import { backUp, readMark, writeMark } from "./support/restoring.ts";
import { atCallsOf } from "./support/sample.ts";
import { TEST_IMAGE, type TestPanel } from "./support/test-app.ts";
import { expectWhole } from "./support/wholeness.ts";

const NEXT = "openclaw:next";
const signal = new AbortController().signal;

interface Story {
  prepare?: (ctx: AppContext) => Promise<unknown>;
  /** Staged data besides the new image. */
  data?: NewData;
  /** Image and data with which it may be found; the first is how it was before. */
  after: string[];
  state: "running" | "created";
}

const STORIES: Record<string, Story> = {
  "another image of an instance that runs": {
    after: ["openclaw:test, mine", "openclaw:next, mine"],
    state: "running",
  },
  "another image of an instance that is stopped": {
    prepare: (ctx) => stopInstance(ctx, "anna"),
    after: ["openclaw:test, mine", "openclaw:next, mine"],
    state: "created",
  },
  "another image and other data": {
    data: OTHER_DATA,
    after: ["openclaw:test, mine", "openclaw:next, other"],
    state: "running",
  },
};

/** The ids of the former and the next image, by reference. */
async function setUp(panel: TestPanel, story: Story) {
  const ctx = panel.context;
  panel.engine.moveTag(NEXT);
  for (const id of ["anna", "ben"]) {
    await createInstance(ctx, { id, name: id, start: true });
    await panel.until(id, "running");
  }
  await writeMark(panel.home, "anna", "other");
  const { filename } = await backUp(ctx, ["anna"]);
  await writeMark(panel.home, "anna", "mine");
  if (story.data)
    await ctx.disk.archives.unpack(
      { filename, from: "anna", staged: story.data.staged },
      { signal },
    );
  await story.prepare?.(ctx);
  const ran = (await panel.engine.list("anna")).get("anna")?.imageId;
  // An undo goes back to the image that ran, not to the one that its reference names now.
  panel.engine.moveTag(TEST_IMAGE);
  const next = (await panel.engine.images.find(NEXT))?.id;
  return { [TEST_IMAGE]: ran, [NEXT]: next };
}

type ImageIds = Awaited<ReturnType<typeof setUp>>;

async function outcome(panel: TestPanel, imageIds: ImageIds, story: Story): Promise<string> {
  const { store } = panel.context;
  expect(await store.listReplacements()).toEqual([]);
  await expectWhole(panel, "anna");
  const image = (await store.findInstance("anna"))?.image ?? "none";
  const container = (await panel.engine.list("anna")).get("anna");
  expect(container?.imageId).toBe(image === NEXT ? imageIds[NEXT] : imageIds[TEST_IMAGE]);
  if (story.state === "running") expect(container?.health).toBe("healthy");
  else expect(["created", "exited"]).toContain(container?.state);
  const mark = (await readMark(panel.home, "anna")) ?? "no data";
  const kept = (await store.listSnapshots()).map((copy) => `.kept-${copy.kept}`);
  expect(kept).toEqual(mark === "other" ? [".kept-kept"] : []);
  const folders = (await readdir(path.join(panel.home, "instances"))).filter((name) =>
    name.startsWith("."),
  );
  expect(folders).toEqual(kept);
  return `${image}, ${mark}`;
}

test.each(Object.entries(STORIES))(
  "killed at any call of: %s",
  { timeout: 120_000 },
  async (name, story) => {
    const seen = new Set<string>();
    const calls = await atCallsOf(`killed: ${name}`, 12, (n) =>
      killedAt(n, {
        engine: { images: [TEST_IMAGE, NEXT] },
        prepare: (panel) => setUp(panel, story),
        act: ({ context }) => changeImage(context, "anna", { image: NEXT, data: story.data }),
        outcome: (panel, imageIds) => outcome(panel, imageIds, story),
        async check(panel, result, told) {
          expect(story.after, told).toContain(result);
          seen.add(result);
          await panel.until("ben", "running");
          await expectWhole(panel, "ben");
          expect(panel.context.runtime.live.observer.orphans()).toEqual([]);
        },
      }),
    );
    expect(calls).toBeGreaterThan(8);
    expect([...seen].sort()).toEqual([...story.after].sort());
  },
);
