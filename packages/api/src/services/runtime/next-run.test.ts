import { expect, test } from "vitest";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { startInstance } from "../instance/start-instance.ts";
import { nextRun, runOf } from "./next-run.ts";

test("the next run of a container that is down is waited for until it begins", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const { board } = panel.context.runtime.live;
  const run = runOf(board, "anna");
  let resolved = false;
  const waiting = nextRun(board, "anna", run, new AbortController().signal).then(() => {
    resolved = true;
  });
  await panel.context.runtime.live.observer.refresh("anna");
  expect(resolved).toBe(false);
  await startInstance(panel.context, "anna");
  await waiting;
  expect(runOf(board, "anna")).not.toBe(run);
});

test("a container that still runs is read again soon, in the same run", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  const { board } = panel.context.runtime.live;
  const run = runOf(board, "anna");
  await nextRun(board, "anna", run, new AbortController().signal);
  expect(runOf(board, "anna")).toBe(run);
});
