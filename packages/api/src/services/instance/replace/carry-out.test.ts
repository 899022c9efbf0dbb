import type { InstanceSpec } from "@claw/core/instance";
import { expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { replacementOf } from "../../../../tests/support/specs.ts";
import { createTestPanel, TEST_IMAGE } from "../../../../tests/support/test-app.ts";
import { createInstance } from "../create-instance.ts";
import { carryOut } from "./carry-out.ts";

const NEXT = "openclaw:next";

async function setUp() {
  const panel = await createTestPanel({ timing: { images: [TEST_IMAGE, NEXT] } });
  const ctx = panel.context;
  await createInstance(ctx, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  const before = (await ctx.store.findInstance("anna")) as InstanceSpec;
  const spec = { image: NEXT };
  await ctx.store.insertReplacement(replacementOf({ data: null, spec, specBefore: before }));
  panel.faults.record();
  const carriedOut = () =>
    carryOut(
      ctx,
      { id: "anna", jobId: "j1", there: before.uid, whenAnother: "Another.", spec },
      { before, allocate: async () => before },
      {
        signal: new AbortController().signal,
        mayBegin: () => true,
        onPhase: () => undefined,
        onDown: () => undefined,
        onUp: () => undefined,
      },
    );
  return { panel, ctx, carriedOut };
}

test("the instance is stopped before its spec changes, and the journal's row goes last", async () => {
  const { panel, ctx, carriedOut } = await setUp();
  await using _ = panel;
  await carriedOut();
  const steps = ["engine.stop", "store.updateInstance", "engine.deploy", "engine.start"];
  const wanted = [...steps, "store.finishReplacement"];
  const done = panel.faults.calls.map(({ method }) => method);
  expect(done.filter((method) => wanted.includes(method))).toEqual(wanted);
  expect(await ctx.store.listReplacements()).toEqual([]);
});

test("what fails stays in the journal, for the caller to undo", async () => {
  const { panel, ctx, carriedOut } = await setUp();
  await using _ = panel;
  panel.faults.failNext("engine.start");
  await rejects(carriedOut(), "ENGINE_UNREACHABLE");
  expect(await ctx.store.listReplacements()).toHaveLength(1);
});
