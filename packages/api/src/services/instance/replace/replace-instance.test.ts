import { readdir } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import type { InstanceSpec } from "@claw/core/instance";
import { STARTING_LIMIT_MS } from "@claw/core/status";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../../tests/support/deadline.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { OTHER_DATA } from "../../../../tests/support/replacing.ts";
import { backUp, readMark, writeMark } from "../../../../tests/support/restoring.ts";
import { snapshotOf } from "../../../../tests/support/specs.ts";
import { createTestPanel, TEST_IMAGE, type TestPanel } from "../../../../tests/support/test-app.ts";
import { expectGone, expectWhole } from "../../../../tests/support/wholeness.ts";
import { changeInstance } from "../change-instance.ts";
import { createInstance } from "../create-instance.ts";
import { removeInstance } from "../remove-instance.ts";
import { startInstance } from "../start-instance.ts";
import { replaceInstance } from "./replace-instance.ts";
import type { Replacement, ReplaceOptions } from "./replacement.ts";

const NEXT = "openclaw:next";

async function setUp({ start = true } = {}) {
  const panel = await createTestPanel({ timing: { images: [TEST_IMAGE, NEXT] } });
  // Otherwise both name one image.
  panel.engine.moveTag(NEXT);
  const ctx = panel.context;
  await createInstance(ctx, { id: "anna", name: "Anna", start });
  if (start) await panel.until("anna", "running");
  await writeMark(panel.home, "anna", "mine");
  const spec = (await ctx.store.findInstance("anna")) as InstanceSpec;
  const container = await containerOf(panel);
  const phases: string[] = [];
  const replace = (wanted: Partial<Replacement> = {}, options: Partial<ReplaceOptions> = {}) =>
    replaceInstance(
      ctx,
      { id: "anna", jobId: "j1", there: spec.uid, whenAnother: "Another.", ...wanted },
      {
        signal: new AbortController().signal,
        mayBegin: () => true,
        onPhase: (phase) => phases.push(phase),
        onDown: () => phases.push("down"),
        onUp: () => phases.push("up"),
        ...options,
      },
    );
  const toNext = (options?: Partial<ReplaceOptions>) => replace({ spec: { image: NEXT } }, options);
  return { panel, ctx, spec, container, replace, toNext, phases };
}

const containerOf = async (panel: TestPanel) => (await panel.engine.list("anna")).get("anna");
const imageIdOf = async (panel: TestPanel, ref: string) =>
  (await panel.engine.images.find(ref))?.id;

/** Nothing of the replacement is left, and anna runs as `spec` says. */
async function expectAsBefore(panel: TestPanel, spec: InstanceSpec): Promise<void> {
  const { store } = panel.context;
  expect(await store.listReplacements()).toEqual([]);
  expect(await store.findInstance("anna")).toMatchObject({
    image: spec.image,
    timezone: spec.timezone,
  });
  await panel.until("anna", "running");
  await expectWhole(panel, "anna");
  expect(await readMark(panel.home, "anna")).toBe("mine");
  expect(await store.listSnapshots()).toEqual([]);
}

/** The next gateway ends right after its start. */
const endsAtOnce = (panel: TestPanel) =>
  panel.faults.onNext("engine.start", () => panel.engine.killOutside("anna", 7), "after");

describe("a new spec", () => {
  test("replaces the container, and nothing else; it is healthy when that is done", async () => {
    const { panel, ctx, spec, container, toNext, phases } = await setUp();
    await using _ = panel;
    expect(await toNext()).toEqual({ snapshotId: null, late: null });
    expect(phases).toEqual(["stopping", "down", "swapping", "starting", "up"]);
    const now = await containerOf(panel);
    expect(now).toMatchObject({ image: NEXT, health: "healthy" });
    expect(now?.imageId).toBe(await imageIdOf(panel, NEXT));
    expect(now?.containerId).not.toBe(container?.containerId);
    const { updatedAt: _at, ...after } = (await ctx.store.findInstance("anna")) as InstanceSpec;
    const { updatedAt: _before, ...before } = spec;
    expect(after).toEqual({ ...before, image: NEXT });
    expect(ctx.runtime.live.board.get("anna")).toMatchObject({ image: NEXT, status: "running" });
    await expectAsBefore(panel, { ...spec, image: NEXT });
  });

  test("of an instance that is stopped replaces the container, and starts nothing", async () => {
    const { panel, ctx, toNext, phases } = await setUp({ start: false });
    await using _ = panel;
    await toNext();
    expect(await containerOf(panel)).toMatchObject({ image: NEXT, state: "created" });
    expect(phases).not.toContain("down");
    await expectWhole(panel, "anna");
    expect(ctx.runtime.live.board.get("anna").status).toBe("created");
  });

  test("of the same image is one replacement, too", async () => {
    const { panel, spec, container, replace } = await setUp();
    await using _ = panel;
    await replace({ spec: { timezone: "Europe/Berlin" } });
    expect((await containerOf(panel))?.containerId).not.toBe(container?.containerId);
    await expectAsBefore(panel, { ...spec, timezone: "Europe/Berlin" });
  });

  test("meanwhile nobody else does anything with the instance", async () => {
    const { panel, ctx, toNext } = await setUp();
    await using _ = panel;
    const deploying = panel.faults.pauseNext("engine.deploy");
    const done = toNext();
    await deploying.reached;
    await rejects(startInstance(ctx, "anna"), "BUSY");
    deploying.resume();
    await done;
  });

  test("that does not start in its time is neither done nor undone: the caller judges", async () => {
    const { panel, ctx, toNext } = await setUp();
    await using _ = panel;
    const text = (await ctx.disk.storage.readConfig("anna")) ?? "";
    await ctx.disk.storage.writeConfig("anna", `// STUB_UNHEALTHY\n${text}`);
    const late = () => panel.host.advance(STARTING_LIMIT_MS);
    panel.faults.onNext("engine.start", late, "after");
    const { late: why } = await toNext();
    expect(why).toContain("did not answer within");
    expect(await containerOf(panel)).toMatchObject({ image: NEXT, state: "running" });
    expect(await ctx.store.listReplacements()).toEqual([]);
  });
});

describe("a new spec that fails leaves everything as it was:", () => {
  test.each([
    ["store.insertReplacement", true],
    ["engine.stop", true],
    ["store.updateInstance", true],
    ["engine.deploy", true],
    ["engine.start", false],
    ["store.finishReplacement", false],
  ])("%s does not work (in the former container: %s)", async (method, isSame) => {
    const { panel, spec, container, toNext } = await setUp();
    await using _ = panel;
    panel.faults.failNext(method, new DomainError("FILES_DENIED", "Refused (said by the test)."));
    await rejects(toNext(), "FILES_DENIED");
    await expectAsBefore(panel, spec);
    const now = await containerOf(panel);
    expect(now).toMatchObject({ image: TEST_IMAGE, imageId: container?.imageId });
    expect(now?.containerId === container?.containerId).toBe(isSame);
  });

  test("it does not come up", async () => {
    const { panel, spec, container, toNext } = await setUp();
    await using _ = panel;
    endsAtOnce(panel);
    const { message } = await rejects(toNext(), "START_FAILED");
    expect(message).toContain("exit code 7");
    await expectAsBefore(panel, spec);
    expect((await containerOf(panel))?.imageId).toBe(container?.imageId);
  });

  test("it is cancelled while it comes up", async () => {
    const { panel, spec, toNext } = await setUp();
    await using _ = panel;
    const abort = new AbortController();
    const cancel = () => abort.abort(new DomainError("CANCELLED", "The job was cancelled."));
    panel.faults.onNext("engine.start", cancel);
    await rejects(toNext({ signal: abort.signal }), "CANCELLED");
    await expectAsBefore(panel, spec);
  });

  test("it did not run, and does not run now", async () => {
    const { panel, ctx, container, toNext } = await setUp({ start: false });
    await using _ = panel;
    panel.faults.failNext("store.finishReplacement");
    await rejects(toNext(), "ENGINE_UNREACHABLE");
    await expectWhole(panel, "anna");
    expect(await containerOf(panel)).toMatchObject({
      image: TEST_IMAGE,
      imageId: container?.imageId,
      state: "created",
    });
    expect(await ctx.store.listReplacements()).toEqual([]);
  });

  test("the former reference names another image now: it runs from the image that ran", async () => {
    const { panel, spec, container, toNext } = await setUp();
    await using _ = panel;
    panel.engine.moveTag(TEST_IMAGE);
    endsAtOnce(panel);
    await rejects(toNext(), "START_FAILED");
    await expectAsBefore(panel, spec);
    const now = await containerOf(panel);
    expect(now?.imageId).toBe(container?.imageId);
    expect(now?.imageId).not.toBe(await imageIdOf(panel, TEST_IMAGE));
  });

  test("the former image was deleted meanwhile: nobody is locked out, and the log says so", async () => {
    const { panel, spec, toNext } = await setUp();
    await using _ = panel;
    endsAtOnce(panel);
    const gone = new DomainError("IMAGE_MISSING", "It was deleted (said by the test).");
    panel.faults.onNext("engine.start", () => panel.faults.failNext("engine.deploy", gone));
    await rejects(toNext(), "START_FAILED");
    await expectAsBefore(panel, spec);
    expect(panel.logged.join("")).toContain("the container of anna is not as before");
  });

  test("what was changed meanwhile stays changed", async () => {
    const { panel, ctx, spec, toNext } = await setUp();
    await using _ = panel;
    const starting = panel.faults.pauseNext("engine.start");
    const done = rejects(toNext(), "ENGINE_FAILED");
    await starting.reached;
    await changeInstance(ctx, { id: "anna", name: "Anna Two", tags: ["new"] });
    starting.fail(new DomainError("ENGINE_FAILED", "No (said by the test)."));
    await done;
    await expectAsBefore(panel, spec);
    expect(await ctx.store.findInstance("anna")).toMatchObject({ name: "Anna Two", tags: ["new"] });
  });

  test("the engine goes away in the middle: undone when it is back, and until then nobody interferes", async () => {
    const { panel, ctx, spec, container, toNext } = await setUp();
    await using _ = panel;
    panel.faults.onNext("engine.deploy", () => panel.engine.setReachable(false), "after");
    const { message } = await rejects(toNext(), "ENGINE_UNREACHABLE");
    expect(message).toContain("as soon as Docker answers");
    expect(await ctx.store.listReplacements()).toHaveLength(1);
    const refused = await rejects(startInstance(ctx, "anna"), "BUSY");
    expect(refused.message).toContain("A change of anna");
    panel.engine.setReachable(true);
    await eventually(async () => expect(await ctx.store.listReplacements()).toEqual([]));
    await expectAsBefore(panel, spec);
    expect((await containerOf(panel))?.imageId).toBe(container?.imageId);
  });

  test("the former one does not come up either: the message says so", async () => {
    const { panel, ctx, toNext } = await setUp();
    await using _ = panel;
    const text = (await ctx.disk.storage.readConfig("anna")) ?? "";
    await ctx.disk.storage.writeConfig("anna", `// STUB_CRASH\n${text}`);
    const left: string[] = [];
    const { message } = await rejects(
      toNext({ onLeftDown: (why) => left.push(why) }),
      "START_FAILED",
    );
    expect(message).toContain("anna is as it was before, but did not come up again");
    expect(left).toHaveLength(1);
    expect(await ctx.store.findInstance("anna")).toMatchObject({ image: TEST_IMAGE });
  });
});

describe("before anything is stopped", () => {
  test("a missing image is refused", async () => {
    const { panel, ctx, container, replace, phases } = await setUp();
    await using _ = panel;
    const error = await rejects(replace({ spec: { image: "gone:1" } }), "IMAGE_MISSING");
    expect(error.message).toContain("gone:1");
    expect(phases).toEqual([]);
    expect(await containerOf(panel)).toEqual(container);
    expect(await ctx.store.listReplacements()).toEqual([]);
  });

  test("an instance that is gone, or has been replaced by another one, is not changed", async () => {
    const { panel, ctx, toNext } = await setUp();
    await using _ = panel;
    await removeInstance(ctx, { id: "anna", deleteData: true });
    await rejects(toNext(), "INSTANCE_NOT_FOUND");
    await expectGone(panel, "anna");
    await createInstance(ctx, { id: "anna", name: "Bob's", start: false });
    const { message } = await rejects(toNext(), "INSTANCE_EXISTS");
    expect(message).toBe("Another.");
    expect(await ctx.store.findInstance("anna")).toMatchObject({ image: TEST_IMAGE });
  });
});

describe("new data and a new spec at once", () => {
  async function withData() {
    const all = await setUp();
    const { panel, ctx } = all;
    await writeMark(panel.home, "anna", "other");
    const { filename } = await backUp(ctx, ["anna"]);
    await writeMark(panel.home, "anna", "mine");
    const staging = { filename, from: "anna", staged: OTHER_DATA.staged };
    await ctx.disk.archives.unpack(staging, { signal: new AbortController().signal });
    return { ...all, both: () => all.replace({ data: OTHER_DATA, spec: { image: NEXT } }) };
  }
  const folders = async ({ home }: TestPanel) =>
    (await readdir(path.join(home, "instances"))).filter((name) => name.startsWith("."));

  test("are both there, and what they replaced is a snapshot", async () => {
    const { panel, ctx, both } = await withData();
    await using _ = panel;
    expect(await both()).toEqual({ snapshotId: "s1", late: null });
    expect(await readMark(panel.home, "anna")).toBe("other");
    expect(await containerOf(panel)).toMatchObject({ image: NEXT, health: "healthy" });
    expect(await ctx.store.listSnapshots()).toEqual([snapshotOf({ kept: "kept" })]);
    expect(await folders(panel)).toEqual([".kept-kept"]);
    await expectWhole(panel, "anna");
  });

  test("that fail are both undone", async () => {
    const { panel, spec, container, both } = await withData();
    await using _ = panel;
    endsAtOnce(panel);
    await rejects(both(), "START_FAILED");
    await expectAsBefore(panel, spec);
    expect((await containerOf(panel))?.imageId).toBe(container?.imageId);
    expect(await folders(panel)).toEqual([]);
  });
});
