import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { withInstances } from "../../../tests/support/backup-home.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { stopInstance } from "./stop-instance.ts";
import { requireUp, untilSettled, whyNotUp } from "./until-settled.ts";

const NEVER = new AbortController().signal;

async function cutOff(panel: TestPanel): Promise<void> {
  panel.faults.failNext("engine.events", new DomainError("ENGINE_UNREACHABLE", "away"));
  panel.faults.cutStreams("engine.events", new DomainError("ENGINE_UNREACHABLE", "away"));
  await panel.until("anna", "unknown");
}

test("what Docker says nothing of for a moment is waited for", async () => {
  await using panel = await createTestPanel();
  await withInstances(panel, ["anna"]);
  await cutOff(panel);
  const settled = await untilSettled(panel.context, "anna", NEVER);
  expect(settled?.status).toBe("running");
});

test("what Docker says nothing of for long is not known, and is not said to have ended", async () => {
  await using panel = await createTestPanel();
  await withInstances(panel, ["anna"]);
  await cutOff(panel);
  const settled = await untilSettled(panel.context, "anna", NEVER, 0);
  expect(settled?.status).toBe("unknown");
  expect(settled && whyNotUp(settled)).not.toContain("ended");
});

test("the wait is given up when nobody wants it any more, and ends with the instance", async () => {
  await using panel = await createTestPanel();
  await withInstances(panel, ["anna"]);
  expect(await untilSettled(panel.context, "nobody", NEVER)).toBeNull();
  await cutOff(panel);
  await rejects(untilSettled(panel.context, "anna", AbortSignal.abort()), "CANCELLED");
});

test("what Docker is silent about for a moment is up, and what was stopped is not", async () => {
  await using panel = await createTestPanel();
  await withInstances(panel, ["anna"]);
  await cutOff(panel);
  await requireUp(panel.context, "anna", NEVER);
  await stopInstance(panel.context, "anna");
  const { message } = await rejects(requireUp(panel.context, "anna", NEVER), "START_FAILED");
  expect(message).toContain("It was stopped");
  await rejects(requireUp(panel.context, "nobody", NEVER), "START_FAILED");
});
