import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { removeInstance } from "../instance/remove-instance.ts";
import { stopInstance } from "../instance/stop-instance.ts";
import { BATCH_ACTIONS, type BatchTask } from "./batch-actions.ts";

const { start, restart, stop, remove } = BATCH_ACTIONS;

async function withAnna(startDelayMs = 10) {
  const panel = await createTestPanel({ timing: { startDelayMs } });
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  return panel;
}

const task = (signal = AbortSignal.timeout(5_000)): BatchTask => ({
  id: "anna",
  deleteData: false,
  signal,
});

test("a start keeps its turn until it is up", async () => {
  await using panel = await withAnna();
  await start.act(panel.context, task());
  expect(panel.context.live.board.get("anna").status).toBe("running");
  await start.settle?.(panel.context, task());
  await restart.act(panel.context, task());
  expect(panel.context.live.board.get("anna").status).toBe("running");
});

test("a start that somebody takes back has failed, and so has one of what was deleted", async () => {
  await using panel = await withAnna(60_000);
  const acting = start.act(panel.context, task());
  await panel.until("anna", "starting");
  await eventually(() => expect(panel.context.live.locks.current("anna")).toBeNull());
  await stopInstance(panel.context, "anna");
  await acting;
  const failed = start.settle?.(panel.context, task()) ?? Promise.resolve();
  await expect(failed).rejects.toThrow(/anna did not come up: It was stopped/);
  await removeInstance(panel.context, { id: "anna", deleteData: false });
  const gone = start.settle?.(panel.context, task()) ?? Promise.resolve();
  const { message } = await rejects(gone, "START_FAILED");
  expect(message).toContain("It was deleted meanwhile.");
});

test("a cancelled batch waits for no start", async () => {
  await using panel = await withAnna(60_000);
  const cancelled = new AbortController();
  const acting = start.act(panel.context, task(cancelled.signal));
  await panel.until("anna", "starting");
  cancelled.abort();
  await rejects(acting, "CANCELLED");
});

test("what takes an instance down is done when it is down", async () => {
  await using panel = await withAnna();
  expect([stop, remove, start, restart].map(({ takesDown }) => takesDown)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  await start.act(panel.context, task());
  await stop.act(panel.context, task());
  expect(panel.context.live.board.get("anna").status).toBe("stopped");
  await remove.act(panel.context, { ...task(), deleteData: true });
  expect(panel.context.live.board.find("anna")).toBeNull();
  expect(await panel.context.files.hasConfig("anna")).toBe(false);
});
