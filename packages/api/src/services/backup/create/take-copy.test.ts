import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { backUp, traces, withInstances } from "../../../../tests/support/backup-home.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";

test("one that was in error before is not named as not started", async () => {
  await using panel = await createTestPanel({ timing: { restartDelayMs: 60_000 } });
  await withInstances(panel, ["anna"]);
  panel.engine.killOutside("anna", 1, true);
  await panel.until("anna", "error");
  expect(await backUp(panel)).toMatchObject({ status: "succeeded", result: { notStarted: [] } });
});

test("why a copy failed names the instance", async () => {
  await using panel = await createTestPanel();
  await withInstances(panel, ["anna"]);
  panel.faults.failNext("storage.copyOut", new DomainError("FILES_DENIED", "No access."));
  const { error } = await backUp(panel);
  expect(error).toEqual({ reason: "FILES_DENIED", message: "Copying anna failed: No access." });
  await panel.until("anna", "running");
  expect(await traces(panel)).toEqual({ backups: [], folders: [] });
});
