import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { createInstance } from "../../instance/create-instance.ts";
import { failureOf, nothingRestored, stillStarting } from "./restore-failures.ts";

test("one that was created and still starts can be deleted; one that replaced another, reverted", () => {
  const late = "It has not answered for 10 minutes.";
  expect(stillStarting("anna", { snapshotId: null, late })).toEqual({
    id: "anna",
    reason: "STILL_STARTING",
    message: `anna was restored and is still starting: ${late} Wait for it, or delete it.`,
  });
  expect(stillStarting("anna", { snapshotId: "s1", late }).message).toContain(
    "or revert to its snapshot",
  );
});

test("one that was not begun names the instance that stayed down; any other, its own error", () => {
  const cancelled = new DomainError("CANCELLED", "It was cancelled.");
  const down = new Map([["ben", "its image is missing."]]);
  expect(failureOf("anna", cancelled, down)).toEqual({
    id: "anna",
    reason: "START_FAILED",
    message: "anna was left alone, as ben did not come up again: its image is missing.",
  });
  expect(failureOf("anna", cancelled, new Map())).toMatchObject({ reason: "CANCELLED" });
  expect(failureOf("anna", new DomainError("DISK_FULL", "The disk is full."), down)).toEqual({
    id: "anna",
    reason: "DISK_FULL",
    message: "anna was not restored: The disk is full.",
  });
});

test("a restore without any success distinguishes instances as before, not created and down", async () => {
  await using panel = await createTestPanel();
  for (const id of ["anna", "ben"])
    await createInstance(panel.context, { id, name: id, start: false });
  const failed = ["anna", "ben", "copy"].map((id) => ({
    id,
    reason: "START_FAILED" as const,
    message: `${id} failed.`,
  }));
  const error = nothingRestored(panel.context, failed, new Map([["ben", "why"]]));
  expect(error.reason).toBe("START_FAILED");
  expect(error.message).toBe(
    "anna failed. ben failed. copy failed. As before: anna. Not created: copy.",
  );
});
