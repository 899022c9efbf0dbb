import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { withInstances } from "../../../../tests/support/backup-home.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { startAgain } from "./start-again.ts";

/** A panel with an instance whose process was stopped for a while. */
async function setUp() {
  const panel = await createTestPanel();
  await withInstances(panel, ["anna"]);
  await panel.engine.stop("anna");
  await panel.context.runtime.live.observer.refresh("anna");
  return { panel, ctx: panel.context };
}

test("an instance runs again in the container that it had", async () => {
  const { panel, ctx } = await setUp();
  await using _ = panel;
  const before = ctx.runtime.live.board.observedOf("anna")?.containerId;
  await startAgain(ctx, "anna");
  const { containerId, state } = ctx.runtime.live.board.observedOf("anna") ?? {};
  expect([containerId, state]).toEqual([before, "running"]);
});

test("a container that somebody removed meanwhile is made again", async () => {
  const { panel, ctx } = await setUp();
  await using _ = panel;
  panel.engine.removeOutside("anna");
  await startAgain(ctx, "anna");
  await panel.until("anna", "running");
});

test("an answer that was lost does not keep it down", async () => {
  const { panel, ctx } = await setUp();
  await using _ = panel;
  panel.faults.failNext("engine.start");
  panel.faults.failNext("engine.start");
  await startAgain(ctx, "anna");
  await panel.until("anna", "running");
});

test("why it does not start is thrown, and shown", async () => {
  const { panel, ctx } = await setUp();
  await using _ = panel;
  panel.faults.failNext("engine.start", new DomainError("PORT_TAKEN", "Port 1 is taken."));
  await rejects(startAgain(ctx, "anna"), "PORT_TAKEN");
  expect(ctx.runtime.live.board.get("anna")).toMatchObject({
    status: "error",
    statusReason: expect.stringContaining("Port 1 is taken. The panel tries again"),
  });
});

test("an engine that went away is not waited for; the instance comes up when it is back", async () => {
  const { panel, ctx } = await setUp();
  await using _ = panel;
  panel.engine.setReachable(false);
  await panel.until("anna", "unknown");
  await rejects(startAgain(ctx, "anna"), "ENGINE_UNREACHABLE");
  panel.engine.setReachable(true);
  await panel.until("anna", "running");
});
